"""Style sheets of the app."""
