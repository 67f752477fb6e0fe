"""Registers and lists of leads as centres have them, made up at any size."""
