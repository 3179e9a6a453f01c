"""A page parsed once: its tree, main text, structured data, title, date, links and fingerprint."""
