"""Phase 0: whether there is enough to judge, the stores can be read, and a named person read the content.

Source: law.md 8.3 phase 0 and 8.7.3. These are the engine's own rules: they hold in every country.
"""

from collections.abc import Iterator

from dialer.law.asked import Asked
from dialer.law.codes import Code
from dialer.law.facts import Case
from dialer.law.matter import Matter
from dialer.law.rule import Facts, Finding, Found, Phase, Rule, blocks, explains

_UP = "up"


def missing_inputs(matter: Matter) -> tuple[str, ...]:
    """Return the names of what a decision needs and the case does not give."""
    asked = matter.asked
    if asked.is_own_line:
        return () if _is_given(matter.case, "to") else ("request.to",)
    return tuple(_missing(matter.case, asked))


def _is_given(case: Case, name: str) -> bool:
    return case.request is not None and bool(getattr(case.request, name))


def _missing(case: Case, asked: Asked) -> Iterator[str]:
    campaign = asked.campaign
    if not campaign.id:
        yield "campaign.id" if case.campaign is not None else "campaign"
    if not campaign.principal:
        yield "campaign.principal"
    elif asked.principal is None or not asked.principal.legal_name:
        yield "organisations (the principal's, with its legal name)"
    if not campaign.operator:
        yield "campaign.operator"
    elif asked.operator is None:
        yield "organisations (the operator's)"
    if asked.declared is None:
        yield "campaign.purpose"
    if asked.channel is None:
        yield "request.channel"
    if not campaign.caller_id:
        yield "campaign.caller_id"
    if not _is_given(case, "to"):
        yield "request.to"


def _engine_is_down(matter: Matter) -> Found:
    """Refuse while objections or consents cannot be read. Source: law.md 8.3 rule 0.1."""
    stores = matter.case.stores
    down = [name for name in ("objections", "consents") if getattr(stores, name) != _UP]
    return blocks(Code.E_ENGINE_UNAVAILABLE, ("stores", ", ".join(down))) if down else None


def _input_is_incomplete(matter: Matter) -> Found:
    """Refuse what leaves out a party, channel, purpose, number or sender. Source: law.md 8.3 rule 0.2."""
    missing = missing_inputs(matter)
    return incomplete(missing) if missing else None


def incomplete(missing: tuple[str, ...]) -> Finding:
    """Return the finding for what is missing."""
    return blocks(Code.E_INPUT_INCOMPLETE, ("missing", ", ".join(missing)))


def _content_is_unclassified(matter: Matter) -> Found:
    """Refuse content that no named person has read. Source: law.md 2.7, 8.3 rule 0.3."""
    content = matter.asked.campaign.classification
    is_read = content is not None and bool(content.by and content.by.strip())
    return None if is_read else blocks(Code.E_PURPOSE_UNCLASSIFIED)


def _purpose_is_reclassified(matter: Matter) -> Found:
    """Treat promotion and lead-gathering as marketing, whatever it is called. Source: PECR 2003 reg 2(1)."""
    asked = matter.asked
    if asked.declared is asked.purpose or asked.declared is None:
        return None
    return explains(Code.UK_PURPOSE_RECLASSIFIED, ("declared", asked.declared.value))


def _ledger_is_down(matter: Matter) -> Found:
    """Refuse what could not be shown later. Source: law.md 8.3 rule 0.5."""
    return blocks(Code.E_AUDIT_UNAVAILABLE) if matter.case.stores.ledger != _UP else None


def _stores(matter: Matter) -> Facts:
    stores = matter.case.stores
    return ("objections", stores.objections), ("consents", stores.consents), ("ledger", stores.ledger)


def _content(matter: Matter) -> Facts:
    content = matter.asked.campaign.classification
    if content is None:
        return (("classification", None),)
    return (
        ("classified_by", content.by),
        ("promotional", content.promotional),
        ("lead_gathering", content.lead_gathering),
    )


RULES = (
    Rule(
        name="stores_can_be_read",
        phase=Phase.INPUTS,
        codes=(Code.E_ENGINE_UNAVAILABLE,),
        check=_engine_is_down,
        uses=_stores,
        for_own_lines=True,
    ),
    Rule(
        name="input_is_complete",
        phase=Phase.INPUTS,
        codes=(Code.E_INPUT_INCOMPLETE,),
        check=_input_is_incomplete,
        for_own_lines=True,
    ),
    Rule(
        name="content_is_classified",
        phase=Phase.INPUTS,
        codes=(Code.E_PURPOSE_UNCLASSIFIED,),
        check=_content_is_unclassified,
        uses=_content,
    ),
    Rule(
        name="content_decides_purpose",
        phase=Phase.INPUTS,
        codes=(Code.UK_PURPOSE_RECLASSIFIED,),
        check=_purpose_is_reclassified,
        uses=_content,
    ),
    Rule(
        name="ledger_can_be_written",
        phase=Phase.INPUTS,
        codes=(Code.E_AUDIT_UNAVAILABLE,),
        check=_ledger_is_down,
        uses=_stores,
        for_own_lines=True,
    ),
)
