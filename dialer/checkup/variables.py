"""Checks on the variables themselves: slips of the pen, and Twilio's own that fight with ours."""

import difflib
from collections.abc import Iterator, Mapping

from dialer.checkup.finding import Finding, amber, green, red
from dialer.environment import Environment, variable
from dialer.settings import Settings

OURS = ("RINGFENCE_", "TWILIO_API_", "TWILIO_AUTH_", "TWILIO_ACCOUNT_")
# Set by the parts of the house for one another, or read by Twilio's own library.
TWILIOS_OWN = ("TWILIO_REGION", "TWILIO_EDGE")


def check_variables(environment: Mapping[str, str], settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the variables' names, and with those that Twilio's library reads itself."""
    known = {variable(name) for name in Environment.model_fields}
    known |= {f"{name}_FILE" for name in known}
    unknown = [name for name in environment if name.startswith(OURS) and name not in known]
    for name in unknown:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "take it out, or see `docs/running.md` for the names"
        yield amber("variables", f"{name} is set and nothing reads it", hint)
    if not unknown:
        yield green("variables", "no unknown setting")
    yield from _region(environment, settings)


def _region(environment: Mapping[str, str], settings: Settings) -> Iterator[Finding]:
    """The SDK puts a region into the host name of whatever base URL it is given: not our host any more."""
    regional = [name for name in TWILIOS_OWN if environment.get(name)]
    if regional and settings.twilio_api_base_url:
        yield red(
            "twilio-region",
            f"{' and '.join(regional)} set beside TWILIO_API_BASE_URL: the SDK rewrites the host name",
            "take one of them out",
        )
