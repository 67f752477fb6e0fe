"""A centre in which somebody was called and said something unclear, and what people ask of its API."""

from typing import Any

from dialer.calls.dispositions import Disposition
from dialer.objections.listening import Turn, listen
from dialer.objections.opt_out import context_of
from dialer.people.roles import Role
from tests.doubles.house import NUMBER
from tests.web.api.centre import Centre

HOSTILE = "oh just get lost"
CODES = {"DNC": "opt_out", "FINE": "fine_to_call", "NOASK": "did_not_ask", "NOPE": "refusal"}


def map_codes(centre: Centre) -> None:
    """Say what the wrap-up codes of these tests stand for."""
    codes = {code.casefold(): Disposition(means) for code, means in CODES.items()}
    centre.house.parts.conduct.put_codes("alder", codes, by="test", at="2026-11-23T09:00:00+00:00")


def called(centre: Centre, words: str, line: str = NUMBER) -> str:
    """Call a line, let the callee say this, and return the decision."""
    decision = str(centre.decision(line, agent="a17")["id"])
    entry = centre.house.parts.ledger.find(decision)
    assert entry is not None
    turn = Turn(words=words, confidence=None, source="speech", objection_id=f"obj_{decision}")
    listen(turn, context_of(entry.fields), centre.house.parts.listening)
    return decision


def wrapped(centre: Centre, decision: str, code: str) -> Any:
    """Wrap a call up as its agent does."""
    body = {"decision": decision, "code": code}
    return centre.caller(Role.AGENT, agent="a17").post("/v1/wrap-ups", body)


def reason(centre: Centre, line: str = NUMBER) -> str:
    """Return the first reason of a screening now."""
    return str(centre.decision(line)["reason"])


def waiting(centre: Centre, role: Role = Role.SUPERVISOR, **seen: Any) -> list[Any]:
    """Return the possible opt-outs that wait, as somebody sees them."""
    return list(centre.caller(role, **seen).get("/v1/reviews?kind=opt_out").json["items"])


def decided(centre: Centre, review: str, body: dict[str, Any], role: Role = Role.SUPERVISOR) -> Any:
    """Decide as somebody of this role."""
    return centre.caller(role).post(f"/v1/reviews/{review}", body)
