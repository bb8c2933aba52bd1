"""The list of covers: the most urgent first, narrowed, paged, kept under a name, several taken at once."""
