class ArchiveLoadFailed(Exception): ...  # noqa: N818 (its name)
