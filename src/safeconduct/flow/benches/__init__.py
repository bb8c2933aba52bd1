"""Benches of what follows from what: sheets to sealed, assessed and compared cases."""
