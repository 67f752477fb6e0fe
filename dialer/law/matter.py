"""The matter before the judge: a case read once, so that no rule reads it differently from another."""

from dataclasses import dataclass
from datetime import datetime

from dialer.law.asked import Asked
from dialer.law.consent import Assessed
from dialer.law.facts import Case
from dialer.law.parameters import Parameters
from dialer.law.refusal import Refusal
from dialer.law.solicitation import Solicited


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A case with what follows from it.

    `refusals` are all objections and withdrawals in scope, latest first; `standing` those that no later
    yes has lifted. `consents` are those held for this line for the request's own channel (for a voicemail
    drop, `automated_call`), `message_consents` those for a stored voice message, each with why it does
    not count. `is_supported` says whether a rule pack answers for the destination's country.
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

    @property
    def at(self) -> datetime:
        """Return the instant judged."""
        return self.asked.at

    @property
    def consent(self) -> Assessed | None:
        """Return the covering consent for the request's own channel, None if none counts."""
        return next((assessed for assessed in self.consents if assessed.counts), None)

    @property
    def message_consent(self) -> Assessed | None:
        """Return the covering consent for leaving a stored voice message, None if none counts."""
        return next((assessed for assessed in self.message_consents if assessed.counts), None)
