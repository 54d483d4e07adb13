"""Other frameworks' names for the schemes, one framework or tutorial a room."""
