"""How wide a no is, in the words a supervisor decides by."""

from typing import Final

from dialer.law.records import Reach, Scope
from dialer.law.scope import is_all_marketing

_CHANNELS: Final = {"calls": "calls", "texts": "texts", "email": "e-mail", "post": "post"}
_NAMED: Final = {"voice": ("calls",), "text": ("texts", "email")}


def scope_in_words(scope: Scope, *, owner: str) -> str:
    """Return such as ‘Calls and texts, from Alder Energy Ltd’; `owner` is the principal's name."""
    limits = [_reach(scope, owner)]
    if scope.this_line_only:
        limits.append("on this line only")
    if scope.company:
        limits.append("on every line of the company")
    return f"{_channels(scope)}, {', '.join(limits)}"


def _channels(scope: Scope) -> str:
    if is_all_marketing(scope):
        return "All marketing"
    named = scope.channels or ()
    words = [_CHANNELS[name] for name in (_NAMED[named] if isinstance(named, str) else named)]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return listed[:1].upper() + listed[1:]


def _reach(scope: Scope, owner: str) -> str:
    match scope.reach:
        case Reach.BRAND:
            return f"from {owner} as {scope.brand}"
        case Reach.CAMPAIGN:
            return f"from {owner} in campaign {scope.campaign}"
        case Reach.GROUP:
            return f"from {owner} and its group"
        case Reach.OPERATOR:
            return "from everybody this operator dials for"
        case Reach.NO_CONTACT:
            return f"no contact of any kind from {owner}"
        case Reach.PRINCIPAL | None:
            return f"from {owner}"
