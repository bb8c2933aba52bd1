"""Benches of the member's day, in the form of `rehearsal.bench`."""
