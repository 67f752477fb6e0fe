"""One objection spelt out for `record.lua`: its record, its ledger line and a notice for each destination."""

import json
from datetime import datetime
from typing import Any

from dialer.clock import london_day, milliseconds
from dialer.delivery.notice import Notice, index_member, to_fields
from dialer.objections.call_orders import stop_order
from dialer.objections.saying import Act
from dialer.store import keys
from dialer.store.codec import to_json
from dialer.store.scripts import Argument
from dialer.store.tally import tally_field


def act_keys(act: Act) -> list[str]:
    """Return the names that `record.lua` is handed, in its order."""
    names = [
        keys.EPOCH,
        keys.objection(act.recorded.id),
        keys.REFERENCES,
        keys.LEDGER,
        keys.tally(london_day(_recorded_at(act))),
        act.prepared.rests_on,
        keys.NOTICES_BY_STATE,
        keys.CALL_ORDERS,
        keys.CALL_ORDERS_SINCE,
    ]
    names += [keys.line(line) for line in act.lines]
    names += [keys.line_entries(line) for line in act.lines]
    for notice in act.notices:
        names += [keys.notice(notice.id), keys.due(notice.destination)]
    return names


def act_arguments(act: Act, *, stops_calls: bool) -> list[Argument]:
    """Return the arguments of `record.lua`, in its order.

    `stops_calls` orders the telephone to end what still rings there: a no of today, not a list of old ones.
    """
    body = to_json(act.objection)
    saying = act.saying
    order = stop_order(act.recorded.id, at=_recorded_at(act))
    arguments: list[Argument] = [
        act.epoch,
        act.prepared.size,
        act.recorded.id,
        body,
        json.dumps(_whole(act), separators=(",", ":")),
        act.recorded.reference,
        json.dumps(_ledger_line(act), separators=(",", ":")),
        tally_field("objection", saying.source, saying.campaign, saying.agent, saying.principal),
        len(act.lines),
        act.prepared.amended,
        order.id if stops_calls else "",
        milliseconds(order.due_at),
        milliseconds(order.since),
    ]
    for notice in act.notices:
        arguments += notice_arguments(notice)
    return arguments


def notice_arguments(notice: Notice) -> list[Argument]:
    """Return one notice as the scripts that put it into an outbox take it."""
    flat = [part for pair in to_fields(notice).items() for part in pair]
    due_ms = milliseconds(notice.due_at or notice.created_at)
    return [notice.id, due_ms, index_member(notice), len(flat) // 2, *flat]


def _recorded_at(act: Act) -> datetime:
    return act.objection.recorded_at or act.recorded.effective_at


def _whole(act: Act) -> dict[str, Any]:
    """Return what `rf:objection:{id}` holds: the record, where it stands, and what was promised for it."""
    recorded = act.recorded
    return {
        "objection": json.loads(to_json(act.objection)),
        "lines": act.lines,
        "campaign": act.saying.campaign,
        "agent": act.saying.agent,
        "decision": act.saying.decision,
        "call_ref": act.saying.call_ref,
        **_proof(act),
        "recorded": {
            "id": recorded.id,
            "reference": recorded.reference,
            "effective_at": recorded.effective_at.isoformat(),
            "notices": recorded.notices,
            "destinations": recorded.destinations,
        },
    }


def _ledger_line(act: Act) -> dict[str, Any]:
    whole = _whole(act)
    return {
        **whole["objection"],
        **{k: whole[k] for k in ("lines", "campaign", "agent", "decision", "call_ref")},
        **_proof(act),
    }


def _proof(act: Act) -> dict[str, Any]:
    """Return how it was heard, where it was spoken."""
    proof = act.saying.proof
    return {"proof": json.loads(to_json(proof))} if proof is not None else {}
