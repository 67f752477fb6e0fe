"""What the outside was told in one round: each webhook with its answers in order, and where permits went."""

import re
import threading
from dataclasses import dataclass, field

UNAVAILABLE = "Our checks could not be made"
_DECISION = re.compile(r"decision=(dec_\w{26})")


def dialled(answer: str) -> str | None:
    """The decision under which an answer dials; None if it dials nobody."""
    found = _DECISION.search(answer)
    return found.group(1) if "<Dial" in answer and found else None


@dataclass
class Hook:
    """One signed request, by what Twilio sends, and each answer to it in the order they came."""

    route: str
    form: dict[str, str]
    line: str
    answers: list[str] = field(default_factory=list)

    @property
    def call_ref(self) -> str:
        return self.form["CallSid"]


@dataclass(frozen=True)
class Spent:
    """A use of a permit that was answered with yes; `ref` is the call's, or the decision of a click."""

    permit: str
    how: str
    ref: str


@dataclass
class Told:
    """Shared by the threads of a round; every list only grows."""

    numbers: tuple[str, ...]
    hooks: dict[tuple[str, str], Hook] = field(default_factory=dict)
    permits: dict[str, tuple[str, str]] = field(default_factory=dict)
    spent: list[Spent] = field(default_factory=list)
    noes: list[str] = field(default_factory=list)
    holds: list[tuple[str, str]] = field(default_factory=list)
    decisions: list[tuple[str, str]] = field(default_factory=list)
    statuses: list[tuple[str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, route: str, form: dict[str, str], line: str, answer: str) -> None:
        """Note an answer to a webhook."""
        with self.lock:
            hook = self.hooks.setdefault((route, form["CallSid"]), Hook(route, form, line))
            hook.answers.append(answer)
            if (decision := dialled(answer)) is not None:
                self.decisions.append((line, decision))
                if permit := form.get("rf_permit"):
                    self.spent.append(Spent(permit, "call", form["CallSid"]))
