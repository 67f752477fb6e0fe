"""What proves a no: who, when, by which way and with which words, and the clip of the recording to hear."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import Response

from dialer.consents.approval import Review
from dialer.errors import Damaged, NotFound
from dialer.law.records import Objection
from dialer.objections.corrected import KeptObjection
from dialer.objections.play_clip import clip_of_objection, clip_of_review, play, why_there_is_none
from dialer.objections.proof import SpokenProof
from dialer.objections.recordings import Clip, ClipState
from dialer.objections.sound import MEDIA_TYPE
from dialer.web.api.door import READERS, Asked, Doors
from dialer.web.api.people import person_of
from dialer.web.guards import require_sight

DOORS = Doors("Proof")
_NOT_KEPT: Final = {"Content-Disposition": "inline", "Accept-Ranges": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipShown:
    """A clip of a recording: its digest, where in the recording it lies, and until when it is kept."""

    id: str
    recording: str
    state: ClipState
    media_type: str
    sha256: str
    bytes: int
    starts_ms: int
    ends_ms: int
    kept_at: datetime
    keep_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionProof:
    """An objection with what proves it. `clip` null: there is none, and `no_clip` says why.

    `proof` null: it was not spoken to a machine. `call_sid`, `campaign` and `agent` are those of its call.
    """

    objection: Objection
    reference: str
    lines: tuple[str, ...]
    decision: str | None
    call_sid: str | None
    campaign: str | None
    agent: str | None
    proof: SpokenProof | None
    clip: ClipShown | None
    no_clip: str | None


@DOORS.get("/v1/objections/{id}", roles=READERS, answer=ObjectionProof)
def get_objection(asked: Asked[None, None], id: str) -> ObjectionProof:
    """Read one objection with its proof: exact words, their place, how sure the machines were, the call."""
    kept = _objection(asked, id)
    return _shown(kept, clip_of_objection(kept, asked.parts.clips), asked)


@DOORS.get("/v1/objections/{id}/clip", roles=READERS, media=(MEDIA_TYPE,), problems=(NotFound, Damaged))
def hear_objection(asked: Asked[None, None], id: str) -> Response:
    """Hear the clip of an objection. That you do is written down."""
    kept = _objection(asked, id)
    return _heard(clip_of_objection(kept, asked.parts.clips), kept.decision or kept.call_ref, asked)


@DOORS.get("/v1/reviews/{id}/clip", roles=READERS, media=(MEDIA_TYPE,), problems=(NotFound, Damaged))
def hear_review(asked: Asked[None, None], id: str) -> Response:
    """Hear the clip of what may have been a no. That you do is written down."""
    review = _review(asked, id)
    possible = review.possible
    call = (possible.decision or possible.call_ref) if possible is not None else None
    return _heard(clip_of_review(review, asked.parts.clips), call, asked)


def _objection(asked: Asked[None, None], objection_id: str) -> KeptObjection:
    kept = asked.parts.objections.find(objection_id)
    require_sight(asked.key, kept.objection.principal if kept is not None else None, "objection")
    if kept is None:
        raise NotFound("no such objection")
    return kept


def _review(asked: Asked[None, None], review_id: str) -> Review:
    review = asked.parts.reviews.find(review_id)
    if review is None:
        raise NotFound("no such review; GET /v1/reviews lists what waits")
    require_sight(asked.key, review.principal, "review")
    return review


def _heard(clip: Clip | None, call: str | None, asked: Asked[Any, Any]) -> Response:
    desk = asked.parts.clips
    if clip is None:
        raise NotFound(why_there_is_none(call, desk))
    sound = play(clip, desk, by=person_of(asked.key))
    return Response(sound, content_type=clip.media_type, headers=_NOT_KEPT)


def _shown(kept: KeptObjection, clip: Clip | None, asked: Asked[Any, Any]) -> ObjectionProof:
    call = kept.decision or kept.call_ref
    return ObjectionProof(
        objection=kept.objection,
        reference=kept.reference,
        lines=kept.lines,
        decision=kept.decision,
        call_sid=kept.call_ref,
        campaign=kept.campaign,
        agent=kept.agent,
        proof=kept.proof,
        clip=_clip(clip) if clip is not None else None,
        no_clip=why_there_is_none(call, asked.parts.clips) if clip is None else None,
    )


def _clip(clip: Clip) -> ClipShown:
    return ClipShown(
        id=clip.id,
        recording=clip.recording,
        state=clip.state,
        media_type=clip.media_type,
        sha256=clip.sha256,
        bytes=clip.bytes,
        starts_ms=clip.starts_ms,
        ends_ms=clip.ends_ms,
        kept_at=clip.kept_at,
        keep_until=clip.keep_until,
    )
