"""Invented files as users bring them: registers, do-not-call exports, consents. The same seed, the same file.

No number here can be anybody's: they are Ofcom's drama numbers, and in bulk the code 01632 of no place.
"""
