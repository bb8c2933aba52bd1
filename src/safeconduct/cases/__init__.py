"""The file itself: the cover, the sealed entries, documents, consent, decisions, ownership."""
