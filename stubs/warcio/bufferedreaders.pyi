class ChunkedDataException(Exception): ...  # noqa: N818 (its name)
