"""Words the recogniser did not trust: might somebody have said no in them? Pure."""

from typing import Final

from dialer.objections.hearing.opinion import opinion_of
from dialer.objections.hearing.reading import reading_of

MAY_OBJECT_FROM: Final = 0.25
"""Likelihood from which misheard words may be an objection: half of what words need that were understood."""


def may_object(text: str) -> bool:
    """Say whether words that may be misheard come near enough to an objection for a person to be asked.

    An objection that the rest of the turn takes back counts too: the very word that takes it back may be the
    one that was misheard.
    """
    reading = reading_of(text)
    stance = reading.stance
    return bool(stance.standing or stance.unsaid) or opinion_of(reading).likelihood >= MAY_OBJECT_FROM
