"""The United Kingdom pack, one file an instrument."""
