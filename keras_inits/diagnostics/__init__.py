"""Measures and pictures of what an initializer gives; nothing here changes a weight."""
