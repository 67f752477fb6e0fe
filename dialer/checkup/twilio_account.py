"""Checks on the Twilio account: the credentials' shape, and what only Twilio's console shows."""

import re
from collections.abc import Iterator

from dialer.checkup.finding import Finding, amber, green, reminder
from dialer.settings import Settings

ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}")
AUTH_TOKEN = re.compile(r"[0-9a-f]{32}")
KEY_SID = re.compile(r"SK[0-9a-f]{32}")


def check_twilio_account(settings: Settings) -> Iterator[Finding]:
    """Yield the credentials' standing, without asking Twilio, and a reminder of the fallback."""
    wrong = list(_misshapen(settings))
    for name in wrong:
        yield amber("twilio", f"{name} does not look like one of Twilio's", "copy it again from the console")
    if not wrong:
        where = settings.twilio_api_base_url or "Twilio"
        yield green("twilio", f"credentials are set; REST goes to {where}")
    if settings.twilio_auth_token_secondary:
        yield amber(
            "twilio-rotation", "two auth tokens count", "take the old one out once Twilio uses the new"
        )
    if not settings.demo:
        yield reminder(
            "fallback",
            "no program here can see the number's Voice fallback URL",
            "set it to a static TwiML Bin that refuses politely; /twilio/fallback dies with this host",
        )


def _misshapen(settings: Settings) -> Iterator[str]:
    if not ACCOUNT_SID.fullmatch(settings.twilio_account_sid):
        yield "TWILIO_ACCOUNT_SID"
    if not AUTH_TOKEN.fullmatch(settings.twilio_auth_token.get_secret_value()):
        yield "TWILIO_AUTH_TOKEN"
    if settings.twilio_api_key_sid and not KEY_SID.fullmatch(settings.twilio_api_key_sid):
        yield "TWILIO_API_KEY_SID"
