"""How far one objection reaches: which lines, which callers, which channels. Doubt widens it.

No scope is the whole principal on every channel; an unknown group or operator may be ours. Source: law.md
2.5, 8.7.1, 8.7.15; contract section 5.
"""

from typing import Final, assert_never

from dialer.calls.call import Channel
from dialer.law.asked import Asked, is_line, is_other_line, organisation
from dialer.law.facts import Case
from dialer.law.records import Objection, Reach, Scope, ScopeChannels

_CALLS: Final = frozenset({Channel.LIVE_CALL, Channel.AUTOMATED_CALL, Channel.VOICEMAIL_DROP})
_TEXTS: Final = frozenset({Channel.SMS, Channel.VOICEMAIL_DROP})
_EMAIL: Final = frozenset({Channel.EMAIL})
_NAMED: Final = {"calls": _CALLS, "texts": _TEXTS, "email": _EMAIL, "post": frozenset[Channel]()}


def covers(objection: Objection, scope: Scope, case: Case, asked: Asked) -> bool:
    """Say whether an objection is about this channel, this caller and this line."""
    in_channel = is_all_marketing(scope) or asked.channel in channels_of(scope.channels)
    return in_channel and _reaches(objection, scope, case, asked) and _touches(objection, scope, asked)


def is_all_marketing(scope: Scope) -> bool:
    """Say whether a no covers every channel; one that names none, or is a no to any contact, does."""
    if scope.reach is Reach.NO_CONTACT or not scope.channels or scope.channels == "all":
        return True
    return not isinstance(scope.channels, str) and set(_NAMED) <= set(scope.channels)


def channels_of(named: ScopeChannels | None) -> frozenset[Channel]:
    """Return the channels that the words of a scope cover; none named covers all."""
    match named:
        case None | () | "all":
            return frozenset(Channel)
        case "voice":
            return _CALLS
        case "text":
            return _TEXTS | _EMAIL
        case _:
            return frozenset[Channel]().union(*(_NAMED[name] for name in named))


def _touches(objection: Objection, scope: Scope, asked: Asked) -> bool:
    """Say whether a no is about this line: its own, its person's, or its company's.

    Over a person's other lines goes what refuses all marketing (UK GDPR Art 21) and what refuses calls
    (law.md 8.7.1), unless the person limited it to one line. A no that names neither a line nor a person is
    taken to be about this one: it would not be before us otherwise.
    """
    if objection.contact_point is None and objection.person is None:
        return True
    if is_line(objection.contact_point, asked) or (scope.company and asked.line.company is not None):
        return True
    goes_along = is_all_marketing(scope) or _is_about_calls(scope, asked)
    return goes_along and not scope.this_line_only and _is_same_person(objection, asked)


def _is_about_calls(scope: Scope, asked: Asked) -> bool:
    return asked.channel in _CALLS and channels_of(scope.channels) >= _CALLS


def _is_same_person(objection: Objection, asked: Asked) -> bool:
    by_name = objection.person is not None and objection.person == asked.line.person
    return by_name or is_other_line(objection.contact_point, asked)


def _reaches(objection: Objection, scope: Scope, case: Case, asked: Asked) -> bool:
    is_principal = objection.principal is None or objection.principal == asked.campaign.principal
    match scope.reach:
        case None | Reach.PRINCIPAL | Reach.NO_CONTACT:
            return is_principal
        case Reach.BRAND:
            return is_principal and (scope.brand is None or _same_words(scope.brand, asked.brand))
        case Reach.CAMPAIGN:
            return is_principal and scope.campaign in (None, asked.campaign.id)
        case Reach.GROUP:
            return is_principal or _is_one_group(objection.principal, case, asked)
        case Reach.OPERATOR:
            return is_principal or objection.operator in (None, asked.campaign.operator)
        case _:
            assert_never(scope.reach)


def _same_words(left: str, right: str | None) -> bool:
    return right is not None and left.strip().casefold() == right.strip().casefold()


def _is_one_group(principal: str | None, case: Case, asked: Asked) -> bool:
    theirs, ours = organisation(case, principal), asked.principal
    if theirs is None or ours is None:
        return True
    return theirs.group is not None and theirs.group == ours.group
