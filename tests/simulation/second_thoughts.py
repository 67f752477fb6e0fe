"""What follows in the simulated month: outcomes, corrections, proposals that a second person settles."""

import random

from dialer.calls.after_call import CallMade, OutcomeTold
from dialer.calls.dispositions import Outcome
from dialer.consents.approval import Person, Ruling, settle
from dialer.errors import RingfenceError
from dialer.law.records import Consent
from dialer.objections.correction import Wish, propose, settle_correction
from tests.doubles.house import House

ONE = Person(kind="key", id="key_1", name="one")
OTHER = Person(kind="key", id="key_2", name="other")


class SecondThoughts:
    """Acts on what was done before; what the rules refuse is left undone, as a door would."""

    def __init__(self, house: House, dice: random.Random) -> None:
        self._house = house
        self._dice = dice
        self.noes: list[str] = []
        self._waiting: list[str] = []

    def propose(self, consent: Consent) -> None:
        """Put a yes where it waits for a second person."""
        kept = self._house.parts.records.keep(consent, by=ONE, proposed=True)
        if kept.review is not None:
            self._waiting.append(kept.review)

    def agree(self) -> None:
        """Settle one thing that waits, some day."""
        if self._waiting:
            review = self._waiting.pop(self._dice.randrange(len(self._waiting)))
            ruling = Ruling(outcome=self._dice.choice(["approve", "approve", "reject"]), by=OTHER)
            try:
                settle(review, ruling, self._house.parts.reviews, self._house.clock)
            except RingfenceError:
                return

    def correct(self) -> None:
        """Say that a no was misheard, and let another agree a little later."""
        if not self.noes:
            return
        desk = self._house.parts.corrections
        kept = desk.objections.find(self._dice.choice(self.noes))
        assert kept is not None
        wish = Wish(objection=kept.objection.id or "", why="misheard", note=None, by=ONE)
        try:
            review = propose(kept, wish, desk)
            self._house.clock.advance(seconds=self._dice.uniform(1, 90))
            settle_correction(review.id, Ruling(outcome="approve", by=OTHER), desk)
        except RingfenceError:
            return

    def end_call(self, decision: str) -> None:
        """Say how a call ended, a while after it."""
        line = self._house.parts.ledger.find(decision)
        assert line is not None
        if not line.fields.get("dials"):
            return
        call = CallMade(
            decision=decision,
            contact_point=line.fields["to"],
            principal=line.fields["principal"],
            campaign=line.fields["campaign"],
            call_ref=None,
        )
        at = self._house.clock()
        self._house.clock.advance(seconds=self._dice.uniform(0, 50))
        outcome = self._dice.choice(list(Outcome))
        told = OutcomeTold(
            call=call,
            outcome=outcome,
            at=at,
            recorded_at=self._house.clock(),
            by="dialer",
            is_firm=self._dice.random() < 0.6,
        )
        self._house.parts.conduct.keep_outcome(told)
