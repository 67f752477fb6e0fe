"""The sound of a no, for whoever is logged in; that they listen is written down first."""

from flask import Response

from dialer.errors import NotFound
from dialer.objections.play_clip import clip_of_objection, clip_of_review, play, why_there_is_none
from dialer.objections.recordings import Clip
from dialer.web.console.entrance import Visitor
from dialer.web.console.heard import objection_seen
from dialer.web.console.review_rulings import person_of_user
from dialer.web.console.reviews import review_seen
from dialer.web.parts import parts_of_app
from dialer.wiring import Parts


def review_clip(visitor: Visitor, review_id: str) -> Response:
    """Send the sound of what waits: of a possible no, or of the objection a correction is about."""
    parts = parts_of_app()
    review = review_seen(parts, visitor, review_id)
    if review.possible is None:
        return heard_clip(visitor, review.subject)
    call = review.possible.decision or review.possible.call_ref
    return _sound(clip_of_review(review, parts.clips), call, visitor, parts)


def heard_clip(visitor: Visitor, objection_id: str) -> Response:
    """Send the sound of an objection."""
    parts = parts_of_app()
    kept = objection_seen(parts, visitor, objection_id)
    clip = clip_of_objection(kept, parts.clips)
    return _sound(clip, kept.decision or kept.call_ref, visitor, parts)


def _sound(clip: Clip | None, call: str | None, visitor: Visitor, parts: Parts) -> Response:
    if clip is None:
        raise NotFound(why_there_is_none(call, parts.clips))
    sound = play(clip, parts.clips, by=person_of_user(visitor.user))
    return Response(sound, content_type=clip.media_type, headers={"Content-Disposition": "inline"})
