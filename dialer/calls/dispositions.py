"""What became of a call, in our words, whatever codes a dialer or an agent uses for it.

A wrap-up code means nothing to us until somebody says what it stands for; one that nobody mapped is kept as
it came and has no effect.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

# The share of abandoned calls is counted over any 24 hours. Source: law.md 5.1.
RATE_WINDOW: Final = timedelta(hours=24)


class Outcome(StrEnum):
    """How a call ended for the callee; `answered` means that a live agent took it."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    MACHINE = "machine"
    NO_ANSWER = "no_answer"
    BUSY = "busy"


class Disposition(StrEnum):
    """What a wrap-up code stands for; `nothing` is a code that is known and changes nothing.

    `opt_out`, `fine_to_call` and `did_not_ask` answer whether to call again; the last settles nothing.
    """

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    MACHINE = "machine"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OPT_OUT = "opt_out"
    WRONG_PERSON = "wrong_person"
    DECEASED = "deceased"
    VULNERABLE = "vulnerable"
    LEGAL = "legal"
    REFUSAL = "refusal"
    FINE_TO_CALL = "fine_to_call"
    DID_NOT_ASK = "did_not_ask"
    NOTHING = "nothing"


OUTCOMES: Final[Mapping[Disposition, Outcome]] = {Disposition(outcome.value): outcome for outcome in Outcome}


def disposition_of(code: str, codes: Mapping[str, Disposition]) -> Disposition | None:
    """Return what a code stands for, None if nobody has said; case and outer blanks do not matter."""
    return codes.get(code_key(code))


def code_key(code: str) -> str:
    """Return the form under which a code is mapped and found."""
    return code.strip().casefold()
