"""What is not marketing: service messages and genuine research leave the marketing rules behind.

The content decides, not the label; promotion has already made marketing of it (phase 0). Source: PECR 2003
reg 2(1); law.md 2.7, 8.3 phase 3.
"""

from dialer.calls.campaign import Purpose
from dialer.law.codes import Code
from dialer.law.matter import Matter
from dialer.law.rule import Facts, Found, Phase, Rule, opens


def _is_service(matter: Matter) -> Found:
    """Allow what a customer needs to know and nothing more. Source: PECR 2003 reg 2(1); rule 3.1."""
    return opens(Code.UK_SERVICE_OK, *_reviewer(matter))


def _is_research(matter: Matter) -> Found:
    """Allow genuine research that gathers no leads. Source: PECR 2003 reg 2(1); rule 3.2."""
    return opens(Code.UK_RESEARCH_OK, *_reviewer(matter))


def _reviewer(matter: Matter) -> Facts:
    content = matter.asked.campaign.classification
    return (("reviewed_by", content.by if content is not None else None),)


RULES = (
    Rule(
        name="service_is_not_marketing",
        phase=Phase.PURPOSE,
        codes=(Code.UK_SERVICE_OK,),
        check=_is_service,
        uses=_reviewer,
        purposes=frozenset({Purpose.SERVICE}),
    ),
    Rule(
        name="research_is_not_marketing",
        phase=Phase.PURPOSE,
        codes=(Code.UK_RESEARCH_OK,),
        check=_is_research,
        uses=_reviewer,
        purposes=frozenset({Purpose.RESEARCH}),
    ),
)
