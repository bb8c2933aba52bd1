"""Possible doubles, the review bench, and merges as live judgements that can be undone at any time."""
