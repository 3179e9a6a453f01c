"""Collects public pages: sources, archetypes, extractors, and the way of one page."""
