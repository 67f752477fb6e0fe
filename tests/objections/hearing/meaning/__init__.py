"""The network that reads a turn by what its words mean."""
