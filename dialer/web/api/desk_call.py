"""The call that a desk asks about: an agent's own, or for others any they may see."""

from typing import Any

from dialer.errors import NotFound
from dialer.people.roles import Role
from dialer.web.api.door import Asked
from dialer.web.api.naming import NamedCall, named_call


def call_of_desk(asked: Asked[Any, Any], ref: str) -> NamedCall:
    """Return a call by its reference or its decision; an agent sees their own only. Raises NotFound."""
    is_decision = ref.startswith("dec_")
    call = named_call(asked, decision_id=ref if is_decision else None, call_ref=None if is_decision else ref)
    is_own = asked.key.role is not Role.AGENT or (
        call is not None and call.agent == (asked.key.agent or asked.key.name)
    )
    if call is None or not is_own:
        raise NotFound("no such call of yours: give its reference or its decision")
    return call
