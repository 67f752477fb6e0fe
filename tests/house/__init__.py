"""The layout of the house, checked: floors, sizes, docstrings, words."""
