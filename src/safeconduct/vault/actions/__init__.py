"""Every write to the key store."""
