"""Published methods, one family a file."""
