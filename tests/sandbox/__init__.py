"""The stand-in, tried against a real application, its own REST doors and the official SDK."""
