# A drop-in for sqlite3: only that it can be imported matters.
