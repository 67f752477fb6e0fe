"""May this be dialled? The judge, and the one way to ask it."""
