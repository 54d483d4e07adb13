"""The machinery every initializer is made of; it knows no published method."""
