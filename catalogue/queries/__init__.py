"""The only place where SELECTs for reading live. Every query returns frozen rows."""
