"""A citation: the provision a rule rests on, in words for the record and as a link."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """`provision` names instrument and paragraph; `url` is where the current text stands."""

    provision: str
    url: str
