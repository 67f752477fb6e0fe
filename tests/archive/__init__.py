"""Sealed files: what opens, what does not, and where they lie."""
