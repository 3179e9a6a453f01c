"""How well the product reads, matches and tags, on real and labelled data."""
