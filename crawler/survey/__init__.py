"""Looking at a site nobody has described yet, to propose the source file for it."""
