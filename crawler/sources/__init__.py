"""The default source pack: one small file per source."""
