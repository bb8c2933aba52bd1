"""Sealing, keys, wrapping, padding, shredding: the only importer of the cryptography libraries."""
