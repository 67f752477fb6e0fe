"""Whose words a live transcription brings: whose call it is, which leg is listened to, who else hears it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dialer.calls.call import Channel
from dialer.ids import Kind, id_for
from dialer.objections.opt_out import Context, context_of
from dialer.people.keys import digest_of
from dialer.telephony.inbound import Transcribed
from dialer.telephony.tracks import is_callees, leg_listened_to
from dialer.web.twilio.doors import Webhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """The called party of one decision's call. `has_agent` says that a person of ours hears them too."""

    context: Context
    has_agent: bool


def callee_heard(webhook: Webhook, piece: Transcribed | None) -> Callee | None:
    """Return whom a piece comes from if it is the callee's own and final, None otherwise.

    What a person is about to be connected to counts as having an agent: no machine speaks then. A call that
    nobody here knows of is nobody's we could suppress.
    """
    if piece is None or not piece.is_final:
        return None
    entry = webhook.parts.ledger.find(webhook.query.get("decision") or "")
    if entry is None or not entry.fields.get("to"):
        return None
    fields = entry.fields
    leg = leg_listened_to(
        named=webhook.query.get("leg"), call_ref=piece.call_ref, agents_leg=_agents_leg(fields)
    )
    if not is_callees(piece.track, leg):
        return None
    context = context_of(fields)
    channel = fields.get("channel")
    return Callee(
        # A call placed straight to a person was allowed before it had a reference.
        context=replace(context, call_ref=context.call_ref or piece.call_ref or None),
        has_agent=channel not in set(Channel) or Channel(channel).has_agent,
    )


def turn_id(webhook: Webhook, piece: Transcribed) -> str:
    """Return the id that the no of a turn has: the same turn told again, however it is told, has the same."""
    if not piece.session or not piece.ordinal:
        return id_for(Kind.OBJECTION, webhook.receipt)
    named = (webhook.query.get("decision") or "", piece.call_ref, piece.session, piece.ordinal, piece.words)
    return id_for(Kind.OBJECTION, digest_of("turn|" + "|".join(named)))


def _agents_leg(fields: Mapping[str, Any]) -> str | None:
    """Return the leg that our Dial rang the callee from; a leg placed straight to a person says so itself."""
    return fields.get("call_ref") if fields.get("dials") else None
