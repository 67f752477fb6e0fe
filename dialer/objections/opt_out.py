"""From what was heard in a call or a text to the saying that would be recorded. Pure.

A key is as clear as words get: 9 stops all voice marketing by the principal. Words are judged by `hearing`;
what is done with the judgement is `objections.listening`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dialer.law.records import Reach, Scope, ScopeChannels
from dialer.objections.hearing import Heard, Label, hear
from dialer.objections.saying import Saying

OPT_OUT_KEY: Final = "9"
_REACH: Final = {
    "org": Reach.PRINCIPAL,
    "line": Reach.PRINCIPAL,
    "campaign": Reach.CAMPAIGN,
    "group": Reach.GROUP,
}
_NAMED: Final = {"voice": ("calls",), "text": ("texts", "email")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Whose call it was: what the decision that dialled it says, or the campaign that shows the number."""

    contact_point: str
    principal: str | None
    operator: str | None
    campaign: str | None
    agent: str | None
    decision: str | None
    call_ref: str | None
    person: str | None = None


def context_of(decision: Mapping[str, Any]) -> Context:
    """Return the context kept in a decision's ledger line."""
    return Context(
        contact_point=decision["to"],
        principal=decision.get("principal"),
        operator=decision.get("operator"),
        campaign=decision.get("campaign"),
        agent=decision.get("agent"),
        decision=decision["id"],
        call_ref=decision.get("call_ref"),
        person=decision.get("asked", {}).get("person"),
    )


def saying_of_key(context: Context, *, objection_id: str) -> Saying:
    """Return the saying of a pressed key 9: no more voice marketing by this principal."""
    scope = Scope(reach=Reach.PRINCIPAL, channels="voice")
    return saying_of(context, scope, None, "keypad", objection_id)


def scope_heard(heard: Heard, context: Context) -> Scope:
    """Return how wide the words are; unnamed, they are about everything the principal sends."""
    return Scope(
        reach=_REACH[heard.scope or "org"],
        channels=_channels(heard.channels),
        campaign=context.campaign if heard.scope == "campaign" else None,
        this_line_only=heard.scope == "line",
    )


def as_wide_as_said(scope: Scope, words: str | None) -> Scope:
    """Return the scope, wider where the person's own words are; what was put down for them never shrinks."""
    heard = hear(words) if words else None
    if heard is None or heard.label is not Label.OPT_OUT:
        return scope
    named = {*_NAMED.get(scope.channels, ()), *heard.channels} if isinstance(scope.channels, str) else set()
    channels = _channels(tuple(sorted(named))) if named and scope.channels != "all" else scope.channels
    is_wider = heard.scope == "group" and scope.reach is Reach.PRINCIPAL
    return replace(scope, channels=channels, reach=Reach.GROUP if is_wider else scope.reach)


def _channels(heard: tuple[str, ...]) -> ScopeChannels:
    if not heard or "all" in heard:
        return "all"
    if heard == ("calls",):
        return "voice"
    return tuple(name for name in ("calls", "texts", "email", "post") if name in heard)


def saying_of(context: Context, scope: Scope, words: str | None, source: str, objection_id: str) -> Saying:
    """Return the no of whoever is called, or reaches us, in this context.

    Where nobody knows for whom they were called, it is said to whoever dials, for all they call for.
    """
    if context.principal is None and scope.reach is Reach.PRINCIPAL:
        scope = replace(scope, reach=Reach.OPERATOR)
    return Saying(
        contact_point=context.contact_point,
        principal=context.principal,
        operator=context.operator,
        scope=scope,
        source=source,
        words=words,
        decision=context.decision,
        call_ref=context.call_ref,
        campaign=context.campaign,
        agent=context.agent,
        objection_id=objection_id,
    )
