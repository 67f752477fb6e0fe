"""The matter before the judge: a case read once, so that no rule reads it differently from another."""

from dataclasses import dataclass
from datetime import datetime

from dialer.law.asked import Asked
from dialer.law.consent import Assessed
from dialer.law.facts import Case
from dialer.law.parameters import Parameters
from dialer.law.refusal import Refusal
from dialer.law.registers import Answered
from dialer.law.solicitation import Solicited


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case with what follows from it.

    `refusals` are all objections and withdrawals in scope, latest first; `standing` those that no later
    yes has lifted. `consents` are those held for this line for the request's own channel (for a voicemail
    drop, `automated_call`), `message_consents` those for a stored voice message, each with why it does
    not count; `consent` and `message_consent` are the first of each that does. `registers` are TPS and CTPS.
    `is_supported` says whether a rule pack answers for the destination's country.
    """

    case: Case
    asked: Asked
    parameters: Parameters
    is_supported: bool
    solicited: Solicited | None
    refusals: tuple[Refusal, ...]
    standing: tuple[Refusal, ...]
    consents: tuple[Assessed, ...]
    message_consents: tuple[Assessed, ...]
    consent: Assessed | None
    message_consent: Assessed | None
    registers: tuple[Answered, Answered]

    @property
    def at(self) -> datetime:
        """Return the instant judged."""
        return self.asked.at
