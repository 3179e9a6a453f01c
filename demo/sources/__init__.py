"""One source file per invented host, in the form of every other source."""
