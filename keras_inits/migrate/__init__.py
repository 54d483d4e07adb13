"""Legacy Keras over to Keras 3: source code, and the knowledge of Keras 0.x and 1.x it needs."""
