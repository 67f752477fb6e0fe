"""The reason catalogue: what each code means, by which law, in which words for the record and for the agent.

Read once, at the first question, from `reasons.toml`, so that importing the law costs no file access.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from dialer.errors import Misconfigured
from dialer.law.citation import Citation
from dialer.law.codes import Code

# What an agent can take in while a call is being set up (contract section 4).
SAY_WORDS_MAX: Final = 12


class RuleKind(StrEnum):
    """Whose rule a reason is: the law's, an industry code's, house policy's or the engine's own."""

    LAW = "law"
    CODE = "code"
    POLICY = "policy"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class ReasonText:
    """One code's words. `verdict` is what the code usually means; a few codes also stand as a detail."""

    code: Code
    verdict: Literal["allow", "block", "defer", "detail"]
    kind: RuleKind
    citation: Citation
    text: str
    say: str


@cache
def catalogue() -> dict[Code, ReasonText]:
    """Return the texts of every code, in the order of the table. Raises Misconfigured if the table is bad."""
    table = tomllib.loads((files("dialer.law") / "reasons.toml").read_text("utf-8"))
    return read_catalogue(table)


def kind_of(code: str) -> RuleKind | None:
    """Return whose rule a code is; None for one the catalogue does not hold, as of an older release."""
    return catalogue()[Code(code)].kind if code in set(Code) else None


def read_catalogue(table: dict[str, Any]) -> dict[Code, ReasonText]:
    """Check a table of reasons and return it; every code exactly once, every `say` short enough."""
    if missing := sorted(set(Code) - set(table)):
        raise Misconfigured(f"reasons.toml lacks {', '.join(missing)}; add the table for each")
    if unknown := sorted(set(table) - set(Code)):
        raise Misconfigured(f"reasons.toml has unknown codes {', '.join(unknown)}; remove them")
    return {Code(name): _read_one(Code(name), entry) for name, entry in table.items()}


def _read_one(code: Code, entry: dict[str, Any]) -> ReasonText:
    say = str(entry["say"])
    if not 0 < len(say.split()) <= SAY_WORDS_MAX:
        raise Misconfigured(f"reasons.toml: `say` of {code} must have 1 to {SAY_WORDS_MAX} words")
    return ReasonText(
        code=code,
        verdict=entry["verdict"],
        kind=RuleKind(entry["kind"]),
        citation=Citation(entry["citation"], entry["url"]),
        text=entry["text"],
        say=say,
    )
