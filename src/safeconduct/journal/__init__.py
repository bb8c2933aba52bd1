"""The append-only book of who did or saw what: hash-chained, so that a changed line is seen."""
