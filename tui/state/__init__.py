"""What the reader is looking at, as plain Python: no widget, no thread, no terminal."""
