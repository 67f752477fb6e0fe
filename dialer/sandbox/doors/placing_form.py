"""Reading `POST /sandbox/calls`: a browser agent, a SIP phone or a person rings in."""

import json
from urllib.parse import quote

from dialer.errors import Unreadable
from dialer.sandbox.exchange.addresses import WITHHELD, is_client, is_number, is_sip
from dialer.sandbox.exchange.leg import Fields, new_sid
from dialer.sandbox.exchange.script import PATIENT_AGENT, Script, read_script
from dialer.sandbox.placing import Incoming
from dialer.sandbox.world import World

MOST_FIELDS = 50
MOST_CHARACTERS = 1_000
APPLICATION_SID = "AP" + "0" * 28 + "de30"
SIP_DOMAIN_SID = "SD" + "0" * 28 + "de30"
# A documentation address (RFC 5737): nobody's.
_SIP_SOURCE = "203.0.113.10"


def read_call(world: World, raw: dict[str, object]) -> Incoming:
    """Read `{from, to, params, sip_headers}`, and ours: `script`, `auth`. Raises `Unreadable`."""
    unknown = set(raw) - {"from", "to", "params", "sip_headers", "script", "auth"}
    if unknown:
        raise Unreadable(
            f"unknown key {sorted(unknown)[0]!r}; a call takes from, to, params, sip_headers, script, auth"
        )
    sender, to = _text(raw, "from"), _text(raw, "to")
    params, headers = _fields(raw, "params"), _fields(raw, "sip_headers")
    to = to or dict(params).get("To", "")
    if is_client(sender):
        return _browser(world, sender, to, params, _script(raw, PATIENT_AGENT))
    if is_sip(sender):
        return _sip(world, sender, to, headers, _script(raw, PATIENT_AGENT), raw.get("auth", "credentials"))
    if is_number(sender) or sender in WITHHELD:
        return _person(world, sender, to, _script(raw, world.script_of(sender)))
    raise Unreadable("from must be client:identity, sip:user@domain, an E.164 number, or anonymous")


def ignored(raw: dict[str, object]) -> list[str]:
    """Return what of a call does not travel its way: parameters are a browser's, headers a SIP phone's."""
    sender = _text(raw, "from")
    lost = (
        [] if is_client(sender) else [f"params.{name}" for name, _ in _fields(raw, "params") if name != "To"]
    )
    return lost + (
        [] if is_sip(sender) else [f"sip_headers.{name}" for name, _ in _fields(raw, "sip_headers")]
    )


def _browser(world: World, sender: str, to: str, params: Fields, script: Script) -> Incoming:
    given = dict(params)
    own = {
        "AccountSid",
        "ApiVersion",
        "ApplicationSid",
        "CallSid",
        "CallStatus",
        "Direction",
        "From",
        "Caller",
        "Called",
    }
    if taken := own & set(given):
        raise Unreadable(f"params may not hold Twilio's own field {sorted(taken)[0]}")
    shown = given.pop("To", to)
    return Incoming(
        sender=sender,
        to=shown,
        called="",
        url=world.setup.webhook(world.setup.outgoing_path),
        script=script,
        opening=tuple(given.items()),
        lasting=(("ApplicationSid", APPLICATION_SID),),
    )


def _sip(world: World, sender: str, to: str, headers: Fields, script: Script, auth: object) -> Incoming:
    if auth not in {"credentials", "ip_acl"}:
        raise Unreadable("auth must be credentials or ip_acl")
    wrong = next((name for name, _ in headers if not name.upper().startswith("X-")), None)
    if wrong is not None:
        raise Unreadable(f"SIP header {wrong!r} would not reach a webhook: only those that begin X- do")
    user, _, host = sender.split(":", 1)[1].partition("@")
    domain = host.partition(";")[0].partition(":")[0]
    request_uri = to if to.startswith(("sip:", "sips:")) else f"sip:{quote(to, safe='+*#;=')}@{domain}"
    named = (("SipUsername", user),) if auth == "credentials" else ()
    return Incoming(
        sender=sender,
        to=request_uri,
        url=world.setup.webhook(world.setup.outgoing_path),
        script=script,
        opening=tuple((f"SipHeader_{name}", value) for name, value in headers),
        lasting=(
            ("SipDomain", domain),
            ("SipDomainSid", SIP_DOMAIN_SID),
            *named,
            ("SipCallId", f"{new_sid('')}@{_SIP_SOURCE}"),
            ("SipSourceIp", _SIP_SOURCE),
        ),
    )


def _person(world: World, sender: str, to: str, script: Script) -> Incoming:
    if not is_number(to):
        raise Unreadable("to must be one of our numbers in E.164 when a person rings in")
    token = quote(json.dumps({"parentCallInfoToken": new_sid(""), "identityHeaderTokens": []}), safe="")
    return Incoming(
        sender=sender,
        to=to,
        url=world.setup.webhook(world.setup.incoming_path),
        script=script,
        opening=() if sender in WITHHELD else (("CallToken", token),),
    )


def _script(raw: dict[str, object], default: Script) -> Script:
    return read_script(raw["script"]) if "script" in raw else default


def _text(raw: dict[str, object], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise Unreadable(f"{name} must be text of at most {MOST_CHARACTERS} characters")
    if name == "from" and not value:
        raise Unreadable("from is missing: client:identity, sip:user@domain or an E.164 number")
    return value


def _fields(raw: dict[str, object], name: str) -> Fields:
    value = {} if raw.get(name) is None else raw[name]
    if not isinstance(value, dict) or len(value) > MOST_FIELDS:
        raise Unreadable(f"{name} must be an object of at most {MOST_FIELDS} texts")
    for key, text in value.items():
        if not isinstance(text, str) or len(text) > MOST_CHARACTERS or not key:
            raise Unreadable(f"{name}.{key} must be text of at most {MOST_CHARACTERS} characters")
    return tuple(value.items())
