"""Benches of the file, in the form of `rehearsal.bench`."""
