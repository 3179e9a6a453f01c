"""The Open Contracting Data Standard: from the bytes of a package to drafts of notices."""
