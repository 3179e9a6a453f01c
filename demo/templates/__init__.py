"""The looks of the invented sites: Jinja2 templates, one per layout."""
