"""Reading a case once: what is asked, what refuses it, which consents count, what still stands."""

from datetime import datetime

from dialer.calls.call import Channel
from dialer.law.asked import Asked
from dialer.law.consent import Assessed, assess
from dialer.law.facts import Case
from dialer.law.matter import Matter
from dialer.law.parameters import Parameters
from dialer.law.refusal import Refusal, refusals
from dialer.law.registers import answers
from dialer.law.solicitation import Solicited, solicited


def read_matter(case: Case, asked: Asked, parameters: Parameters, *, is_supported: bool) -> Matter:
    """Return the case as the rules see it; pure, and never raises."""
    against = refusals(case, asked)
    request = solicited(case, asked, parameters)
    consents, message_consents = _consents(case, asked, against, parameters)
    consent, message_consent = _first_that_counts(consents), _first_that_counts(message_consents)
    return Matter(
        case=case,
        asked=asked,
        parameters=parameters,
        is_supported=is_supported,
        solicited=request,
        refusals=against,
        standing=_standing(against, request, _has_consent(asked, consent, message_consent)),
        consents=consents,
        message_consents=message_consents,
        consent=consent,
        message_consent=message_consent,
        registers=answers(case, asked.day, parameters),
    )


def _consents(
    case: Case, asked: Asked, against: tuple[Refusal, ...], parameters: Parameters
) -> tuple[tuple[Assessed, ...], tuple[Assessed, ...]]:
    """Return the consents for the channel itself and for a stored voice message (law.md 8.7.7)."""
    if not case.consents or asked.channel is None:
        return (), ()
    is_drop = asked.channel is Channel.VOICEMAIL_DROP
    channel = Channel.AUTOMATED_CALL if is_drop else asked.channel
    own = assess(case, asked, channel, against, parameters)
    # A live call asks about voicemail only to know whether one may be left: rarely, so seldom assessed.
    asks_for_message = is_drop or any(Channel.VOICEMAIL_DROP in held.channels for held in case.consents)
    if not asks_for_message:
        return own, ()
    return own, assess(case, asked, Channel.VOICEMAIL_DROP, against, parameters)


def _first_that_counts(held: tuple[Assessed, ...]) -> Assessed | None:
    return next((assessed for assessed in held if assessed.counts), None)


def _has_consent(asked: Asked, own: Assessed | None, message: Assessed | None) -> bool:
    """Say whether a consent later than every no is held for all that the request does."""
    needs_message = asked.channel is Channel.VOICEMAIL_DROP and asked.is_individual
    return own is not None and (not needs_message or message is not None)


def _standing(
    against: tuple[Refusal, ...], request: Solicited | None, has_consent: bool
) -> tuple[Refusal, ...]:
    """Return what no later yes has lifted; in the same instant the no wins (law.md 2.6.3)."""
    if has_consent:
        return ()
    asked_at: datetime | None = request.requested_at if request is not None else None
    return tuple(no for no in against if asked_at is None or asked_at <= no.at)
