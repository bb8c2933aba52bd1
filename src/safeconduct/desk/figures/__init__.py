"""The page of an office's figures."""
