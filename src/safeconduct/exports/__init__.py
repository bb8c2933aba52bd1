"""The one gate out: purpose, consent, cap, second eyes, expiry, canary, scan (law 10)."""
