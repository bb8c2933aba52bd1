"""Offices, members, roles and second factors; the one question "may X see Y, and why"."""
