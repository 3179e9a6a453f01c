"""An invented market, served on loopback: nothing in it exists."""
