"""The table, phases 0 to 9, read from the text: what the answer to a case has to be."""

from datetime import datetime

from dialer.calls.numbers import NumberKind, UnreadableNumber, read_number
from tests.law.second_reading.answer import Answer
from tests.law.second_reading.asked import MAIL, RECORDED, VOICE, Asked, Record, asked, instant
from tests.law.second_reading.conduct import TIMED, earliest_retry, waits
from tests.law.second_reading.destination import destination, is_our_own_phone, to_our_own_phone
from tests.law.second_reading.lifetime import valid_until
from tests.law.second_reading.no import Refusal, holds, objections, refusal_code, wants_no_contact
from tests.law.second_reading.opening import mail, opening
from tests.law.second_reading.saying import details_of, obligations_of
from tests.law.second_reading.yes import covering, names_of, solicitation

SHOWN = {NumberKind.FIXED_LINE, NumberKind.MOBILE, NumberKind.UAN, NumberKind.TOLL_FREE}
FUNERAL_PLANS_SINCE = "2022-07-29"


DEFERRING = {
    "POLICY_HOLD_REVIEW",
    "UK_R21_REGISTER_MISSING",
    "UK_R21_REGISTER_STALE",
    "UK_HOURS_OUTSIDE",
    "UK_HOURS_HOLIDAY",
    "UK_OFCOM_72H_LIVE_AGENT_ONLY",
    "UK_OFCOM_AMD_24H",
    "UK_OFCOM_ACR_CEILING",
    "UK_FREQ_CAP",
}


def expected(case: Record) -> Answer:
    """Return what the table says of a case."""
    stores = case.get("stores") or {}
    failures = [] if stores.get("objections", "up") == "up" else ["E_ENGINE_UNAVAILABLE"]
    question = asked(case)
    if case.get("at") and is_our_own_phone(case):
        return to_our_own_phone(case, failures)
    if question is None:
        failures.append("E_INPUT_INCOMPLETE")
    if not ((case.get("campaign") or {}).get("classification") or {}).get("by"):
        failures.append("E_PURPOSE_UNCLASSIFIED")
    if stores.get("ledger", "up") != "up":
        failures.append("E_AUDIT_UNAVAILABLE")
    if question is None:
        return Answer("block", failures[0], failures)
    return rest(question, failures)


def rest(asked: Asked, failures: list[str]) -> Answer:
    """Return the answer from phase 1 on, given what phase 0 found."""
    failures += destination(asked)
    if asked.line.get("no_contact") or wants_no_contact(asked):
        failures.append("POLICY_NO_CONTACT")
    if asked.line.get("wrong_person"):
        failures.append("UK_CONSENT_WRONG_PERSON")
    request = solicitation(asked)
    lifted = instant(request["requested_at"]) if request else None
    standing = objections(asked)
    dead_since = max((refusal.since for refusal in standing), default=None)
    if asked.purpose in {"service", "research"}:
        ground = f"UK_{asked.purpose.upper()}_OK"
        failures += ["UK_R20_FAX_BARRED"] if asked.channel == "fax" else []
    else:
        failures += preconditions(asked)
        failures += refusals(asked, standing, lifted, dead_since)
        failures += held_back(asked, request is not None)
        found = opening(asked, request is not None, dead_since)
        failures += found.failures
        ground = found.ground or ""
    failures += waits(asked, asked.at, request)
    return concluded(asked, failures, ground, request, dead_since)


def concluded(
    asked: Asked, failures: list[str], ground: str, request: Record | None, dead_since: datetime | None
) -> Answer:
    """Return the verdict: block beats defer beats allow, the first failure is the reason."""
    details = details_of(asked, dead_since)
    # A block is told before a defer, so that verdict and reason agree; within each the phases' order stands.
    codes = sorted(dict.fromkeys(failures), key=lambda code: code in DEFERRING)
    if not codes:
        grounds = [ground]
        if ground == "UK_R19_CONSENT_OK" and asked.channel == "voicemail_drop":
            grounds.append(mail(asked, request is not None, dead_since).ground or "")
        answer = Answer("allow", ground, grounds, details, obligations_of(asked, ground, dead_since))
    elif set(codes) <= DEFERRING:
        again = earliest_retry(asked, request) if set(codes) <= TIMED else None
        answer = Answer("defer", codes[0], codes, details, retry_at=again)
    else:
        answer = Answer("block", codes[0], codes, details)
    grounds = answer.codes if answer.verdict == "allow" else []
    answer.valid_until = valid_until(asked, grounds, request, dead_since, answer.retry_at)
    return answer


def preconditions(asked: Asked) -> list[str]:
    """Phase 4: the calling number, names and contacts, and a way to say stop."""
    failures = []
    campaign, message = asked.campaign, asked.campaign.get("message") or {}
    recorded = asked.channel in RECORDED
    if asked.channel in VOICE and not is_shown(campaign.get("caller_id")):
        failures.append("UK_R19_CLI_WITHHELD" if recorded else "UK_R21_A1_CLI_MISSING")
    if asked.channel in VOICE:
        if not is_own_name(asked) or (recorded and not message.get("states_name")):
            failures.append("UK_R24_IDENTITY_MISSING")
        contact = campaign.get("contact_address") or campaign.get("freephone")
        if recorded and not (contact and message.get("states_contact")):
            failures.append("UK_R24_CONTACT_MISSING")
    if asked.channel in MAIL:
        is_named = campaign.get("announced_name") is None or is_own_name(asked)
        if not message.get("identifies_sender") or not is_named or campaign["caller_id"] == "withheld":
            failures.append("UK_R23_SENDER_CONCEALED")
        if not can_opt_out(asked):
            failures.append("UK_R23_NO_OPTOUT_ADDRESS")
    return failures


def is_shown(caller_id: str | None) -> bool:
    """Say whether a calling number may be presented (5.2)."""
    try:
        number = read_number(caller_id or "")
    except UnreadableNumber:
        return False
    return number.country_code == 44 and number.region == "GB" and number.kind in SHOWN


def is_own_name(asked: Asked) -> bool:
    """Say whether the name said is the principal's own, with or without its Ltd (8.7.22)."""
    said = (asked.campaign.get("announced_name") or "").removesuffix(" Ltd")
    return bool(said) and said in {name.removesuffix(" Ltd") for name in names_of(asked.principal)}


def can_opt_out(asked: Asked) -> bool:
    """Say whether a stop can be sent: nobody replies to a name, nor to a recorded message (1.7)."""
    route = (asked.campaign.get("message") or {}).get("opt_out_route")
    if route != "reply_stop":
        return route is not None
    sender = asked.campaign.get("caller_id") or ""
    is_address = "@" in sender or sender.lstrip("+").replace(" ", "").isdigit()
    return asked.channel in {"sms", "email"} and is_address


def refusals(
    asked: Asked, standing: list[Refusal], lifted: datetime | None, dead_since: datetime | None
) -> list[str]:
    """Phase 5: the code of the latest objection first, then the others'."""
    channel = "automated_call" if asked.channel == "voicemail_drop" else asked.channel
    if dead_since is None or covering(asked, channel, dead_since):
        return []
    unlifted = [refusal for refusal in standing if lifted is None or lifted <= refusal.since]
    latest = sorted(unlifted, key=lambda refusal: (refusal.since, refusal.is_all, refusal.is_withdrawal))
    return [code for refusal in reversed(latest) if (code := refusal_code(refusal, asked))]


def held_back(asked: Asked, solicited: bool) -> list[str]:
    """Return the holds after phase 5, and the products that may not be offered cold."""
    failures = []
    for hold in holds(asked):
        ripe = hold.get("becomes_objection_at")
        if hold["kind"] == "campaign_refusal":
            failures.append("POLICY_CAMPAIGN_REFUSED")
        elif not (ripe and instant(ripe) <= asked.at):
            failures.append("POLICY_HOLD_REVIEW")
    funeral = asked.campaign.get("sector") == "funeral_plans"
    if funeral and not solicited and str(asked.today) >= FUNERAL_PLANS_SINCE:
        failures.append("UK_FCA_COLD_CALL_BAN")
    return failures
