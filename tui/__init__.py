"""The terminal app and the `horizon` command: where the parts are put together."""
