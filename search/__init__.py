"""Finds tools by words and by meaning; both indexes are caches of the catalogue."""
