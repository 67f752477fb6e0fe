"""Judges a round from the ledger stream alone, by the order of its ids; nothing of the house's own is asked.

It knows what a no, a hold and an attempt are, and what each kind of ledger line changes. What it does not
know it does not pass over.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.rush.told import Told

ATTEMPTS_A_DAY = 3
_WAITS = {"proposed-cor", "rejected-cor", "proposed-con", "rejected-con", "con"}
_CHANGES_NO_LINE = {"import", "wrap-up"}


@dataclass
class Line:
    """One line as the stream has told it so far."""

    noes: set[str] = field(default_factory=set)
    holds: set[str] = field(default_factory=set)
    refused: bool = False
    attempts: int = 0
    changes: int = 0

    def verdict(self, ended: set[str]) -> str:
        """What a screening must answer now."""
        if self.refused or self.noes - ended:
            return "block"
        return "defer" if self.holds - ended or self.attempts >= ATTEMPTS_A_DAY else "allow"


@dataclass
class Decision:
    """One decision's line: its place, and how often its line had changed just after it."""

    fields: dict[str, Any]
    changes: int


@dataclass
class Witness:
    """Reads the lines of one round in their order; `wrong` is everything that must not have happened."""

    told: Told
    lines: dict[str, Line] = field(default_factory=lambda: defaultdict(Line))
    ended: set[str] = field(default_factory=set)
    decisions: dict[str, Decision] = field(default_factory=dict)
    redeemed: list[tuple[str, str, int]] = field(default_factory=list)
    linked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def read(self, stream: Iterable[tuple[bytes, dict[bytes, bytes]]]) -> None:
        """Take in the ledger's lines about this round."""
        for entry, held in stream:
            fields = json.loads(held[b"d"])
            kind, about = held[b"k"].decode(), self._about(fields)
            if about:
                brief = fields.get("verdict") or fields.get("id") or fields.get("decision")
                self.story.append(f"{entry.decode()} {kind} {brief} {sorted(about)}")
                self._take(entry.decode(), kind, fields, about)

    def _about(self, fields: dict[str, Any]) -> set[str]:
        named = {fields.get("to"), fields.get("contact_point"), *fields.get("lines", ())}
        return {line for line in named if line in self.told.numbers}

    def _take(self, entry: str, kind: str, fields: dict[str, Any], about: set[str]) -> None:
        if kind == "decision":
            self._decision(entry, fields)
            return
        if kind in _CHANGES_NO_LINE:
            return
        for line in about:
            self.lines[line].changes += 1
        takes: dict[str, Callable[[dict[str, Any], set[str]], None]] = {
            "attempt": self._attempt,
            "objection": self._objection,
            "cor": lambda ended, _: self.ended.add(ended["subject"]),
            "hold": lambda held, _: self._hold(held, about),
            "release": lambda ended, _: self.ended.add(ended["hold"]),
            "report": lambda _, lines: self._refusal(lines),
            "link": lambda _, lines: self._link(lines),
        }
        if kind in {"objection", "hold", "report"} and about & self.linked and not self.linked <= about:
            self.wrong.append(f"{entry}: {kind} misses a line of the person: {sorted(self.linked - about)}")
        if kind in takes:
            takes[kind](fields, about)
        elif kind not in _WAITS:
            self.wrong.append(f"{entry}: the witness does not know what ‘{kind}’ changes")

    def _decision(self, entry: str, fields: dict[str, Any]) -> None:
        line = self.lines[fields["to"]]
        if fields["verdict"] == "allow":
            self._may_dial(entry, fields["to"], "allow")
        if fields.get("dials"):
            self._count(entry, line)
        self.decisions[fields["id"]] = Decision(fields, line.changes)

    def _attempt(self, fields: dict[str, Any], about: set[str]) -> None:
        (to,) = about
        self._may_dial(fields["decision"], to, "a permit redeemed", but_now=1)
        self._count(fields["decision"], self.lines[to], counted=True)
        self.redeemed.append((fields["decision"], fields["call_ref"], self.lines[to].changes))

    def _may_dial(self, entry: str, to: str, what: str, *, but_now: int = 0) -> None:
        answer = self.lines[to].verdict(self.ended)
        if answer != "allow":
            self.wrong.append(f"{entry}: {what} for {to} where the ledger before it says {answer}")

    def _count(self, entry: str, line: Line, *, counted: bool = False) -> None:
        line.attempts += 1
        line.changes += not counted
        if line.attempts > ATTEMPTS_A_DAY:
            self.wrong.append(f"{entry}: attempt {line.attempts} of a day")

    def _objection(self, fields: dict[str, Any], about: set[str]) -> None:
        channels = fields["scope"]["channels"]
        if fields["principal"] != "alder" or fields["scope"]["reach"] != "principal":
            self.wrong.append(f"{fields['id']}: the witness does not know this scope: {fields['scope']}")
        if channels in ("voice", "all") or "calls" in channels:
            for line in about:
                self.lines[line].noes.add(fields["id"])

    def _hold(self, fields: dict[str, Any], about: set[str]) -> None:
        for line in about:
            self.lines[line].holds.add(fields["id"])

    def _refusal(self, about: set[str]) -> None:
        for line in about:
            self.lines[line].refused = True

    def _link(self, about: set[str]) -> None:
        """Whoever shares a person shares what was said for that person, of the past too."""
        self.linked |= about
        noes = set[str]().union(*(self.lines[line].noes for line in about))
        holds = set[str]().union(*(self.lines[line].holds for line in about))
        is_refused = any(self.lines[line].refused for line in about)
        for line in about:
            held = self.lines[line]
            held.noes, held.holds, held.refused = set(noes), set(holds), is_refused
