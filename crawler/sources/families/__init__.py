"""Families: what sources of the default pack have in common."""
