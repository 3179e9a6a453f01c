"""The part of the interface that is used: a drop-in for sqlite3."""
