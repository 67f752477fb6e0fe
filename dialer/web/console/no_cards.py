"""One no as the pages draw it: its words with the doubt marked, how it was heard, its sound, its scope."""

from dataclasses import dataclass
from typing import Final

from dialer.consents.approval import Review
from dialer.law.records import Scope
from dialer.objections.corrected import CORRECTABLE, KeptObjection
from dialer.objections.play_clip import clip_of_objection, clip_of_review
from dialer.objections.proof import SpokenProof
from dialer.objections.recordings import Clip
from dialer.people.shown_numbers import shown_parts
from dialer.reports.care import review_without_care
from dialer.reports.heard import HeardNo, Standing
from dialer.reports.scope_words import scope_in_words
from dialer.web.console.entrance import Visitor
from dialer.web.console.names import Names
from dialer.wiring import Parts

FLAGS: Final = {
    "LANGUAGE_UNCLEAR": "Not recognised as English, or the recogniser was unsure of itself",
    "STOP_PHRASE_UNCHECKED": "A stop phrase of another language, from a table no speaker has checked yet",
    "CUT_SHORT": "Longer than a turn of speech: only its beginning and end were judged",
}
LABELS: Final = {
    "opt_out": "An objection, with little confidence",
    "refusal_only": "A hostile dismissal",
    "callback": "Another time, in words that could not be trusted",
    "none": "Words that could not be trusted",
}


@dataclass(frozen=True, slots=True)
class Said:
    """Words in three parts, numbers in them shown as allowed; `marked` are those the judgement rests on."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCard:
    """A no ready to be drawn. `id` names its forms; `stops` is None where nobody said how wide it is."""

    id: str
    said: Said | None
    stops: str | None
    campaign: str | None
    agent: str | None
    decision: str | None
    proof: SpokenProof | None
    clip: Clip | None


def card_of_possible(review: Review, visitor: Visitor, parts: Parts, names: Names) -> NoCard:
    """Return the card of a possible no that waits; one round trip for its clip."""
    possible = review_without_care(review, visitor.user.sight).possible
    assert possible is not None, "the queue shows possible noes and corrections, each with its own card"
    return NoCard(
        id=review.id,
        said=_said(possible.words, possible.span, visitor),
        stops=_stops(possible.scope, review.principal, names),
        campaign=possible.campaign,
        agent=possible.agent,
        decision=possible.decision,
        proof=possible.proof,
        clip=clip_of_review(review, parts.clips),
    )


def card_of_objection(
    card_id: str, kept: KeptObjection, visitor: Visitor, parts: Parts, names: Names
) -> NoCard:
    """Return the card of an objection that somebody says was never said; one round trip for its clip."""
    no, proof = kept.objection, kept.proof
    return NoCard(
        id=card_id,
        said=_said(no.words, proof.span if proof is not None else None, visitor),
        stops=_stops(no.scope, no.principal, names),
        campaign=kept.campaign,
        agent=kept.agent,
        decision=kept.decision,
        proof=proof,
        clip=clip_of_objection(kept, parts.clips),
    )


def card_of_heard(heard: HeardNo, clip: Clip | None, visitor: Visitor, names: Names) -> NoCard:
    """Return the card of what a machine heard; no round trip."""
    return NoCard(
        id=heard.objection or heard.review or "",
        said=_said(heard.words, heard.span, visitor),
        stops=_stops(heard.scope, heard.principal, names),
        campaign=heard.campaign,
        agent=heard.agent,
        decision=heard.decision,
        proof=heard.proof,
        clip=clip,
    )


def may_be_questioned(heard: HeardNo) -> bool:
    """Say whether somebody may say of it that it was never said: it is in force, and rests on an ear."""
    return heard.standing is Standing.IN_FORCE and heard.objection is not None and "speech" in CORRECTABLE


def _said(words: str | None, span: tuple[int, int] | None, visitor: Visitor) -> Said | None:
    if not words:
        return None
    return Said(*shown_parts(words, span or (len(words), len(words)), visitor.user.numbers))


def _stops(scope: Scope | None, principal: str | None, names: Names) -> str | None:
    return scope_in_words(scope, owner=names.organisation(principal)) if scope is not None else None
