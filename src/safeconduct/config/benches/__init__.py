"""Benches of the vault, in the form of `rehearsal.bench`: neither of the two rooms may import the other."""
