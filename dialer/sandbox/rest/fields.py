"""Reading the form fields of REST requests, with Twilio's errors for what it would not take."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from dialer.sandbox.exchange.addresses import is_client, is_number, is_sip
from dialer.sandbox.exchange.leg import Detection, Fetch, Inline, Source, Subscription
from dialer.sandbox.rest.refusals import RestRefusal

Form = Mapping[str, list[str]]
MOST_TWIML_CHARACTERS = 4_000
_LONGEST_RING_SECONDS = 600


def first(form: Form, name: str) -> str:
    """Return a field's value; empty when absent."""
    return form.get(name, [""])[0].strip()


def whole(form: Form, name: str, default: int, *, most: int) -> int:
    """Return a whole number; raises `RestRefusal` 20001 for anything else or above `most`."""
    value = first(form, name)
    if not value:
        return default
    if not value.isdecimal() or len(value) > 9 or int(value) > most:
        raise RestRefusal(20001, f"{name} must be a whole number up to {most}")
    return int(value)


def flag(form: Form, name: str, *, default: bool = False) -> bool:
    """Return a true/false field."""
    return first(form, name).lower() == "true" if first(form, name) else default


def method(form: Form, name: str) -> str:
    """Return GET or POST, POST when absent; raises `RestRefusal` 21403."""
    value = first(form, name).upper() or "POST"
    if value not in {"GET", "POST"}:
        raise RestRefusal(21403, f"{name} must be GET or POST")
    return value


def address(form: Form, name: str, *, number: int = 21205) -> str | None:
    """Return a webhook's address; None when absent; raises `RestRefusal` for one that is not absolute."""
    value = first(form, name)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_whole = False
    if not is_whole:
        raise RestRefusal(number, f"{name} is not a valid URL: it must be absolute, http or https")
    return value


def source(form: Form, *, application_url: str) -> Source | None:
    """Return what to run: Url wins over Twiml; an ApplicationSid names the application's own door."""
    if first(form, "ApplicationSid"):
        return Fetch(url=application_url)
    url = address(form, "Url")
    if url is not None:
        return Fetch(url=url, method=method(form, "Method"))
    twiml = first(form, "Twiml")
    if len(twiml) > MOST_TWIML_CHARACTERS:
        raise RestRefusal(32018, f"Twiml is longer than {MOST_TWIML_CHARACTERS} characters")
    return Inline(twiml) if twiml else None


def fallback(form: Form) -> Fetch | None:
    """Return the address asked when `Url` fails."""
    url = address(form, "FallbackUrl")
    return None if url is None else Fetch(url=url, method=method(form, "FallbackMethod"))


def subscription(form: Form) -> Subscription | None:
    """Return where progress is reported; without events only `completed` is (twilio.md section 5)."""
    url = address(form, "StatusCallback", number=21609)
    if url is None:
        return None
    # StatusCallbackEvent is a repeated field; some senders put the words into one.
    events = frozenset(" ".join(form.get("StatusCallbackEvent", [])).split()) or frozenset({"completed"})
    unknown = events - {"initiated", "ringing", "answered", "completed"}
    if unknown:
        raise RestRefusal(21626, f"StatusCallbackEvent does not know {', '.join(sorted(unknown))}")
    return Subscription(url=url, method=method(form, "StatusCallbackMethod"), events=events)


def detection(form: Form) -> Detection | None:
    """Return the machine detection asked for; AsyncAmd without a callback waits for nobody."""
    wanted = first(form, "MachineDetection")
    if not wanted:
        return None
    if wanted not in {"Enable", "DetectMessageEnd"}:
        raise RestRefusal(20001, "MachineDetection must be Enable or DetectMessageEnd")
    callback = None
    if flag(form, "AsyncAmd"):
        url = address(form, "AsyncAmdStatusCallback")
        callback = Fetch(url=url, method=method(form, "AsyncAmdStatusCallbackMethod")) if url else None
    return Detection(waits_for_greeting_end=wanted == "DetectMessageEnd", callback=callback)


def callee(form: Form) -> str:
    """Return whom to ring; raises `RestRefusal` 21201 or 21211."""
    to = first(form, "To")
    if not to:
        raise RestRefusal(21201, "No 'To' number is specified")
    if not (is_number(to) or is_client(to) or is_sip(to)):
        raise RestRefusal(21211, "The phone number you are attempting to call is not valid: send E.164")
    return to


def caller(form: Form, own: frozenset[str]) -> str:
    """Return the number shown; raises `RestRefusal` 21213, 21212, or 21210 (not the account's)."""
    sender = first(form, "From")
    if not sender:
        raise RestRefusal(21213, "No 'From' number is specified")
    if not (is_number(sender) or is_client(sender) or is_sip(sender)):
        raise RestRefusal(21212, "The phone number provided as From is not a valid E.164 number")
    if is_number(sender) and own and sender not in own:
        raise RestRefusal(21210, "The From number is not a number of this account, nor verified for it")
    return sender


def ringing_seconds(form: Form) -> int:
    """Return how long to let it ring."""
    return whole(form, "Timeout", 60, most=_LONGEST_RING_SECONDS)
