"""The stand-in's own account, and the refusal to start beside real ones.

Real SIDs are 32 random hex digits. The stand-in's begin with sixteen zeros, which no real account has, so
the two can be told apart without asking anybody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dialer.data_folder import DataFolder, DataKind
from dialer.errors import Misconfigured

_INVENTED = "0" * 16
_TOKEN = re.compile(r"[0-9a-fA-F]{32}")
_SIDS = {
    "TWILIO_ACCOUNT_SID": re.compile(r"AC[0-9a-fA-F]{32}"),
    "TWILIO_API_KEY_SID": re.compile(r"SK[0-9a-fA-F]{32}"),
}
_SECRETS = ("TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_SECONDARY", "TWILIO_API_KEY_SECRET")


@dataclass(frozen=True, slots=True)
class Account:
    """One invented account: what signs webhooks and what the REST doors accept."""

    sid: str
    auth_token: str

    def __post_init__(self) -> None:
        """Refuse a SID that could be a real one."""
        if not is_invented(self.sid):
            raise Misconfigured(
                f"account SID {self.sid[:6]}... is not one the stand-in may use: take AC, sixteen zeros "
                f"or more and hex digits to 34 characters, such as {DEMO_ACCOUNT_SID}"
            )


def is_invented(sid: str) -> bool:
    """Tell whether a SID has Twilio's shape but can belong to nobody."""
    return sid[2:].startswith(_INVENTED) and re.fullmatch(r"[A-Z]{2}[0-9a-f]{32}", sid) is not None


DEMO_ACCOUNT_SID = "AC" + "0" * 28 + "de30"
# Public on purpose: it guards nothing but invented calls on 127.0.0.1.
DEMO_AUTH_TOKEN = "ringfencedemotokennotasecret0000"  # noqa: S105


def account_of(environment: Mapping[str, str], *, sid: str | None, auth_token: str | None) -> Account:
    """Return the stand-in's account: as given, else an invented one of the environment, else the demo's.

    So a supervisor can mint an account for one demo folder and let all its parts see it.
    """
    found_sid = _setting(environment, "TWILIO_ACCOUNT_SID")[1]
    if sid is None and is_invented(found_sid):
        return Account(
            found_sid, auth_token or _setting(environment, "TWILIO_AUTH_TOKEN")[1] or DEMO_AUTH_TOKEN
        )
    return Account(sid or DEMO_ACCOUNT_SID, auth_token or DEMO_AUTH_TOKEN)


def refuse_real_credentials(environment: Mapping[str, str], account: Account) -> None:
    """Raise `Misconfigured`, naming the setting, if the environment holds what could place real calls.

    Refused are: an account or API key SID of Twilio's shape that is not an invented one, and a secret of a
    real token's shape (32 hex digits) that is not the stand-in's own. `NAME_FILE` settings count as `NAME`.
    `TWILIO_API_BASE_URL` does not excuse them: signatures and API calls must never share real secrets
    with a stand-in.
    """
    for name, shape in _SIDS.items():
        setting, value = _setting(environment, name)
        if shape.fullmatch(value) and not is_invented(value):
            raise _refusal(setting, "names what looks like a real Twilio account or key")
    for name in _SECRETS:
        setting, value = _setting(environment, name)
        if _TOKEN.fullmatch(value) and value != account.auth_token:
            raise _refusal(setting, "holds what looks like a real Twilio secret")


def refuse_a_live_folder(environment: Mapping[str, str]) -> None:
    """Raise `Misconfigured` if `RINGFENCE_DATA_DIR` names a folder that is stamped live."""
    path = environment.get("RINGFENCE_DATA_DIR", "").strip()
    if path and DataFolder(Path(path)).kind() is DataKind.LIVE:
        raise Misconfigured(
            "the Twilio stand-in does not start: RINGFENCE_DATA_DIR names a live folder. Choose "
            "another folder to play with the stand-in"
        )


def _setting(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    if value := environment.get(name, "").strip():
        return name, value
    file_name = f"{name}_FILE"
    if not (path := environment.get(file_name, "")):
        return name, ""
    try:
        return file_name, Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"{file_name} cannot be read ({type(error).__name__}), so the stand-in cannot tell whether it is "
            "real; unset it"
        ) from error


def _refusal(setting: str, why: str) -> Misconfigured:
    return Misconfigured(
        f"the Twilio stand-in does not start: {setting} {why}. Unset {setting} to play with the stand-in, or "
        "run without the demo to use Twilio itself"
    )
