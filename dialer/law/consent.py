"""Whether a consent counts, and if not, every reason why not. What cannot be shown does not count.

Source: law.md 2.2 (the minimum record), 2.3 (bought-in consent), 2.4 (how long), 2.6 (what supersedes what),
8.3 "covering consent", 8.7.6-8, 8.7.12-14 and 8.7.21.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.law.asked import Asked, is_line
from dialer.law.codes import Code
from dialer.law.days import end_of_months_after
from dialer.law.facts import Case
from dialer.law.naming import is_own_name, names_listed
from dialer.law.parameters import Parameters
from dialer.law.records import Consent
from dialer.law.refusal import Refusal

_MAIL: Final = frozenset({Channel.SMS, Channel.EMAIL})


@dataclass(frozen=True, slots=True)
class Assessed:
    """A consent held for this line, why it does not count (empty if it does), and when it ends."""

    consent: Consent
    faults: tuple[Code, ...]
    expires: datetime | None

    @property
    def counts(self) -> bool:
        """Say whether the consent covers the request."""
        return not self.faults


def assess(
    case: Case, asked: Asked, channel: Channel, refusals: tuple[Refusal, ...], parameters: Parameters
) -> tuple[Assessed, ...]:
    """Return every consent held for the line or address asked for, each with its faults for `channel`."""
    shelf_life_months = case.policy.consent_shelf_life_months or parameters.consent_shelf_life_months
    found = []
    for consent in case.consents:
        if is_line(consent.contact_point, asked):
            expires = ends(consent, asked.at, shelf_life_months, parameters)
            wrong = tuple(_wrong(consent, asked, channel))
            faults = (
                *wrong,
                *_untimely(consent, asked, expires),
                *_unshown(consent),
                # A no to us says nothing about a yes that was never for this.
                *_dead(consent, () if wrong else refusals),
            )
            found.append(Assessed(consent, tuple(dict.fromkeys(faults)), expires))
    return tuple(found)


def had_existed(assessed: tuple[Assessed, ...], no: Refusal) -> bool:
    """Say whether a consent that would have covered the request was there when the person said no."""
    ended = {Code.UK_CONSENT_WITHDRAWN, Code.UK_CONSENT_EXPIRED}
    return any(
        set(held.faults) <= ended and held.consent.given_at is not None and held.consent.given_at <= no.at
        for held in assessed
    )


def is_third_party(consent: Consent) -> bool:
    """Say whether somebody else collected it; a consent that does not say counts as bought in."""
    return consent.source != "own"


def _wrong(consent: Consent, asked: Asked, channel: Channel) -> Iterator[Code]:
    if consent.principal is None or consent.principal != asked.campaign.principal:
        yield Code.UK_CONSENT_WRONG_ORG
    elif consent.named_as and not _names_the_caller(
        consent.named_as, asked, strictly=is_third_party(consent)
    ):
        yield Code.UK_CONSENT_WRONG_ORG
        yield Code.UK_CONSENT_UNPROVEN
    if channel not in consent.channels:
        yield Code.UK_CONSENT_WRONG_CHANNEL
    if asked.purpose not in consent.purposes:
        yield Code.UK_CONSENT_WRONG_PURPOSE
    is_others = consent.person is not None and asked.line.person not in (None, consent.person)
    if asked.line.wrong_person or is_others:
        yield Code.UK_CONSENT_WRONG_PERSON


def _names_the_caller(named_as: str, asked: Asked, *, strictly: bool) -> bool:
    """Say whether the wording names who calls: the principal; for outsourced pensions whoever dials.

    A bought-in consent may name nobody but the parties of this call: a list of partners names no one
    (law.md 2.3). A wording that is one whole name is never taken apart.
    """
    named = (named_as,) if is_own_name(named_as, asked.principal) else names_listed(named_as)
    # Reg 21B is about calls: a text or an email on pensions has reg 22's own test.
    is_pensions_call = asked.purpose is Purpose.PENSIONS and asked.channel not in _MAIL
    needs_operator = is_pensions_call and asked.is_outsourced and asked.is_individual
    caller = asked.operator if needs_operator else asked.principal
    parties = (asked.principal, asked.operator)
    if strictly and not all(any(is_own_name(name, party) for party in parties) for name in named):
        return False
    return any(is_own_name(name, caller) for name in named)


def _untimely(consent: Consent, asked: Asked, expires: datetime | None) -> Iterator[Code]:
    """Yield what is wrong with its times: "previously notified" is strictly before, and known before."""
    is_later = consent.given_at is not None and consent.given_at >= asked.at
    if is_later or (consent.recorded_at is not None and consent.recorded_at > asked.at):
        yield Code.UK_CONSENT_NOT_YET_EFFECTIVE
    if expires is not None and expires <= asked.at:
        yield Code.UK_CONSENT_EXPIRED


def _unshown(consent: Consent) -> Iterator[Code]:
    wording, proof, chain = consent.wording, consent.proof, consent.source_chain
    is_shown = (
        consent.given_at is not None
        and consent.recorded_at is not None
        and bool(consent.named_as and consent.method and consent.given_by)
        and wording is not None
        and bool(wording.version or wording.text)
        and proof is not None
        and bool(proof.ref and proof.sha256)
    )
    is_sourced = not is_third_party(consent) or (chain is not None and chain.evidence_complete)
    if not (is_shown and is_sourced and consent.specific) or consent.obtained_in_breach:
        yield Code.UK_CONSENT_UNPROVEN


def _dead(consent: Consent, refusals: tuple[Refusal, ...]) -> Iterator[Code]:
    """Yield that it is dead: taken back itself, or followed by a no, or given in the same instant as one."""
    given = consent.given_at
    is_superseded = given is not None and any(given <= no.at for no in refusals)
    if consent.withdrawn_at is not None or is_superseded:
        yield Code.UK_CONSENT_WITHDRAWN


def ends(consent: Consent, at: datetime, shelf_life_months: int, parameters: Parameters) -> datetime | None:
    """Return when it stops counting: shelf life since the last contact, a late first contact, its own end."""
    if consent.given_at is None:
        return consent.expires_at
    last = consent.last_interaction_at
    if last is not None and not consent.given_at <= last <= at:
        last = None
    every = [end_of_months_after(last or consent.given_at, shelf_life_months)]
    if is_third_party(consent):
        first_contact_by = end_of_months_after(consent.given_at, parameters.third_party_first_contact_months)
        if last is None or last >= first_contact_by:
            every.append(first_contact_by)
    if consent.expires_at is not None:
        every.append(consent.expires_at)
    return min(every)
