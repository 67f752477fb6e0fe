"""A small network that reads a turn by what its words mean: the third voice, beside rules and words."""

from dialer.objections.hearing.meaning.network import LABELS, Meaning, meaning_of

__all__ = ["LABELS", "Meaning", "meaning_of"]
