"""What stands in the way of saving a campaign: every fault its calls would be refused for, whoever is called.

The judge's own rules of phases 0 and 4 are asked, so that what is saved can be dialled (law.md 8.7.22).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from dialer.calls.campaign import Campaign, Notice
from dialer.calls.organisation import Organisation
from dialer.errors import Fault
from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.law.inputs import missing_inputs
from dialer.law.matter import Matter
from dialer.law.naming import is_own_name
from dialer.law.reasons import catalogue
from dialer.law.rule import Effect, Finding, Phase, Rule
from dialer.law.statute_book import StatuteBook
from dialer.screening.judge import open_matter

# A campaign is saved for the future: the last figures known are the ones that will count.
_ANY_LATER_DAY: Final = datetime(2999, 1, 1, tzinfo=UTC)
_POINTERS: Final = {
    Code.E_PURPOSE_UNCLASSIFIED: "/classification/by",
    Code.UK_R21_A1_CLI_MISSING: "/caller_id",
    Code.UK_R19_CLI_WITHHELD: "/caller_id",
    Code.UK_R24_IDENTITY_MISSING: "/announced_name",
    Code.UK_R24_CONTACT_MISSING: "/contact_address",
    Code.UK_R23_SENDER_CONCEALED: "/message/identifies_sender",
    Code.UK_R23_NO_OPTOUT_ADDRESS: "/message/opt_out_route",
}
_PREFIX: Final = "campaign."
_WHY: Final = "Investigatory Powers Act 2016, SI 2018/356 reg 4, UK GDPR Art 13 and 14"
_UNLAWFUL: Final = f"is unlawful ({_WHY}); say what is recorded or listened to, by whom and why"


def campaign_problems(
    campaign: Campaign, organisations: tuple[Organisation, ...], book: StatuteBook
) -> tuple[Fault, ...]:
    """Return what forbids saving a campaign, each with its JSON pointer; empty if it may be saved.

    `organisations` must hold its principal and its operator.
    """
    case = Case(at=_ANY_LATER_DAY, campaign=campaign, organisations=organisations)
    matter, rules = open_matter(case, _ANY_LATER_DAY, book)
    faults = (*_missing(matter), *_misnamed(matter), *_unannounced(campaign), *_failed(matter, rules))
    return tuple({fault.pointer: fault for fault in reversed(faults)}.values())[::-1]


def _missing(matter: Matter) -> Iterator[Fault]:
    for name in missing_inputs(matter):
        if name.startswith(_PREFIX):
            pointer = f"/{name.removeprefix(_PREFIX)}"
            yield Fault(pointer, "required: nothing may be dialled without it")
    if matter.asked.campaign.principal and matter.asked.principal is None:
        yield Fault("/principal", "no organisation of this id; save the organisation first")
    if matter.asked.campaign.operator and matter.asked.operator is None:
        yield Fault("/operator", "no organisation of this id; save the organisation first")


def _misnamed(matter: Matter) -> Iterator[Fault]:
    announced = matter.asked.campaign.announced_name
    if announced is not None and not is_own_name(announced, matter.asked.principal):
        yield Fault("/announced_name", "must be the principal's own legal name or a listed trading name")


def _unannounced(campaign: Campaign) -> Iterator[Fault]:
    """Say what keeps a campaign from recording or listening: nobody tells the callee.

    Source: Investigatory Powers Act 2016 s 3 and 46; SI 2018/356 reg 4 (reasonable efforts to tell every
    person who may use the line); UK GDPR Art 13 and 14.
    """
    if not campaign.needs_notice or campaign.is_announced:
        return
    notice = campaign.notice or Notice()
    asked = "recording" if campaign.recording not in (None, "none") else "live hearing"
    if not (notice.wording or "").strip():
        yield Fault("/notice/wording", f"required: {asked} without telling the callee {_UNLAWFUL}")
    if notice.said_by is None:
        yield Fault("/notice/said_by", f"required: whether the agent or a message tells the callee ({_WHY})")


def _failed(matter: Matter, rules: tuple[Rule, ...]) -> Iterator[Fault]:
    for rule in rules:
        if rule.phase in (Phase.INPUTS, Phase.DISCLOSURE) and rule.codes[0] in _POINTERS:
            found = rule.check(matter)
            if isinstance(found, Finding) and found.effect is Effect.BLOCK:
                words = catalogue()[found.code]
                yield Fault(_POINTERS[found.code], f"{words.text} ({words.citation.provision})")
