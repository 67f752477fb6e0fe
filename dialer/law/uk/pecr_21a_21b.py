"""PECR 2003 regs 21A and 21B: claims-management and pensions calls need their own consent, or more.

The registers play no part (reg 21(6)). Who dials counts as well as whose marketing it is (law.md 1.5).
"""

from datetime import date
from typing import Final

from dialer.calls.call import Channel
from dialer.calls.campaign import Purpose
from dialer.calls.organisation import Organisation
from dialer.law.codes import Code
from dialer.law.consent import Assessed
from dialer.law.matter import Matter
from dialer.law.rule import RECORDED, Facts, Finding, Found, Phase, Rule, blocks, opens
from dialer.law.uk.asked_for import request_facts
from dialer.law.uk.pecr_21 import solicited_ground
from dialer.law.uk.pension_client import client_relationship, clients, failing_limbs

_LIVE: Final = frozenset({Channel.LIVE_CALL})
_CLAIMS: Final = frozenset({Purpose.CLAIMS})
_PENSIONS: Final = frozenset({Purpose.PENSIONS})


def _claims_call(matter: Matter) -> Found:
    """Forbid unsolicited claims-management calls without prior consent to such calls, to anyone.

    Source: PECR 2003 reg 21A(1)-(2).
    """
    if (asked_for := solicited_ground(matter)) is not None:
        return asked_for
    if (held := matter.consent) is not None:
        return _by_consent(Code.UK_R21A_CONSENT_OK, held)
    return blocks(Code.UK_R21A_NO_CONSENT, *_consents(matter))


def _recorded_claims_call(matter: Matter) -> Found:
    """Add reg 21A's failure to reg 19's. Source: law.md 8.3 rule 6.A."""
    if matter.consent is not None or matter.solicited is not None:
        return None
    return blocks(Code.UK_R21A_NO_CONSENT, *_consents(matter))


def _pensions_status(matter: Matter) -> Found:
    """Forbid unsolicited pensions calls to individuals but by authorised persons or scheme trustees.

    An appointed representative is not authorised; the operator needs the status too. Source: PECR 2003
    reg 21B(2)(a), (3)(a); law.md 1.5 points 1 and 2.
    """
    if matter.solicited is not None or _has_status(matter):
        return None
    return blocks(Code.UK_R21B_NOT_AUTHORISED, *_status(matter))


def _pensions_call(matter: Matter) -> Found:
    """Forbid them, too, without the individual's consent or a complete client relationship.

    Source: PECR 2003 reg 21B(2)(b), (3)(b)-(c).
    """
    if (asked_for := solicited_ground(matter)) is not None:
        return asked_for
    if not _has_status(matter):
        return None
    if (held := matter.consent) is not None:
        return _by_consent(Code.UK_R21B_CONSENT_OK, held)
    client = client_relationship(matter)
    if client is not None:
        return opens(Code.UK_R21B_CLIENT_OK, ("client_since", client.collected_at))
    return blocks(Code.UK_R21B_NO_CONSENT_OR_CLIENT, *_client_facts(matter))


def _recorded_pensions_call(matter: Matter) -> Found:
    """Add reg 21B's failure to reg 19's. Source: law.md 8.3 rule 6.A."""
    is_opened = matter.consent is not None or matter.solicited is not None
    if is_opened or not _has_status(matter) or client_relationship(matter) is not None:
        return None
    return blocks(Code.UK_R21B_NO_CONSENT_OR_CLIENT, *_client_facts(matter))


def _has_status(matter: Matter) -> bool:
    return _is_authorised(matter.asked.principal) and _is_authorised(matter.asked.operator)


def _is_authorised(party: Organisation | None) -> bool:
    return party is not None and (party.fca == "authorised" or party.pension_trustee)


def _by_consent(code: Code, held: Assessed) -> Finding:
    given = ("consent", held.consent.id), ("given_at", held.consent.given_at)
    return opens(code, *given, until=held.expires)


def _consents(matter: Matter) -> Facts:
    return ("consents_held", len(matter.consents)), *request_facts(matter)


def _status(matter: Matter) -> Facts:
    principal, operator = matter.asked.principal, matter.asked.operator
    return (
        ("principal_fca", principal.fca if principal is not None else None),
        ("operator_fca", operator.fca if operator is not None else None),
        *request_facts(matter),
    )


def _client_facts(matter: Matter) -> Facts:
    limbs = [", ".join(failing_limbs(client, matter)) for client in clients(matter)]
    return (
        ("consents_held", len(matter.consents)),
        ("outsourced", matter.asked.is_outsourced),
        ("failing_limbs", limbs[0] if limbs else None),
        *request_facts(matter),
    )


_CLAIMS_FROM: Final = date(2018, 9, 8)
_PENSIONS_FROM: Final = date(2019, 1, 9)

RULES = (
    Rule(
        name="claims_call_has_consent",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R21_SOLICITED, Code.UK_R21A_CONSENT_OK, Code.UK_R21A_NO_CONSENT),
        check=_claims_call,
        uses=_consents,
        channels=_LIVE,
        purposes=_CLAIMS,
        in_force_from=_CLAIMS_FROM,
    ),
    Rule(
        name="recorded_claims_call_has_consent",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R21A_NO_CONSENT,),
        check=_recorded_claims_call,
        uses=_consents,
        channels=RECORDED,
        purposes=_CLAIMS,
        in_force_from=_CLAIMS_FROM,
    ),
    Rule(
        name="pensions_caller_is_authorised",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R21B_NOT_AUTHORISED,),
        check=_pensions_status,
        uses=_status,
        channels=_LIVE | RECORDED,
        purposes=_PENSIONS,
        individual=True,
        in_force_from=_PENSIONS_FROM,
    ),
    Rule(
        name="pensions_call_has_consent_or_client",
        phase=Phase.CHANNEL,
        codes=(
            Code.UK_R21_SOLICITED,
            Code.UK_R21B_CONSENT_OK,
            Code.UK_R21B_CLIENT_OK,
            Code.UK_R21B_NO_CONSENT_OR_CLIENT,
        ),
        check=_pensions_call,
        uses=_client_facts,
        channels=_LIVE,
        purposes=_PENSIONS,
        individual=True,
        in_force_from=_PENSIONS_FROM,
    ),
    Rule(
        name="recorded_pensions_call_has_consent_or_client",
        phase=Phase.CHANNEL,
        codes=(Code.UK_R21B_NO_CONSENT_OR_CLIENT,),
        check=_recorded_pensions_call,
        uses=_client_facts,
        channels=RECORDED,
        purposes=_PENSIONS,
        individual=True,
        in_force_from=_PENSIONS_FROM,
    ),
)
