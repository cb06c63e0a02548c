"""One module per official publisher: where its files are, when they appear, how they read."""
