"""The settings, read once into one frozen value; nothing else in the house reads a variable.

A demo folder brings its own secrets and allows the drama numbers; everywhere else a missing or unsafe setting
stops the start and is named. Values are never printed: a secret may stand in the wrong line.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from dialer.data_folder import DataFolder, DataKind, DemoSecrets
from dialer.environment import Environment, read_environment, variable
from dialer.errors import Misconfigured

SECRETS = (
    "redis_url",
    "secret_key",
    "twilio_auth_token",
    "twilio_auth_token_secondary",
    "twilio_api_key_secret",
    "lookup_token",
    "archive_keys",
)
NEEDED_LIVE = ("twilio_account_sid", "twilio_auth_token", "secret_key", "public_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the environment decides; complete and checked, so no reader meets a missing value.

    `public_url` is what Twilio signs, without a trailing slash. `twilio_api_base_url` None: Twilio's own.
    `redis_durable` is "trusted" where a managed service vouches for what INFO cannot show. `drama_numbers`
    lets Ofcom's drama mobiles count as valid; it is True in demo folders only. `metrics_open` lets anybody
    read `/metrics`; elsewhere than in a demo it takes a key unless that is set. `lookup_url` None asks no
    look-up provider; `lookup_networks` are private ones it may stand in, with commas between. `archive_url`
    None keeps recordings' clips in the data folder; `clip_days` is how long. `delete_recordings` deletes
    whole recordings at Twilio an hour after their call.
    """

    redis_url: str = field(repr=False)
    data_dir: Path
    public_url: str
    secret_key: SecretStr
    twilio_account_sid: str
    twilio_auth_token: SecretStr
    twilio_auth_token_secondary: SecretStr | None = None
    twilio_api_key_sid: str | None = None
    twilio_api_key_secret: SecretStr | None = None
    twilio_api_base_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 2
    web_threads: int = 4
    default_region: str = "GB"
    redis_durable: Literal["trusted"] | None = None
    drama_numbers: bool = False
    metrics_open: bool = False
    lookup_url: str | None = None
    lookup_token: SecretStr | None = None
    lookup_timeout_ms: int = 1500
    lookup_networks: str | None = None
    archive_url: str | None = None
    archive_keys: SecretStr | None = None
    clip_days: int = 730
    delete_recordings: bool = False
    demo: bool = False


def read_settings() -> Settings:
    """Read the settings and take the secrets out of `os.environ`.

    The web server copies `os.environ` into each request's environ, from where it reaches error reports; so
    a process keeps its secrets in this value alone. Call it once a process. Raises `Misconfigured`.
    """
    settings = settings_of(read_environment())
    for name in SECRETS:
        os.environ.pop(variable(name), None)
    return settings


def settings_of(found: Environment) -> Settings:
    """Return the settings in force for what was found, given the stamp of its data folder."""
    folder = DataFolder(found.data_dir.absolute())
    kind = folder.kind()
    if found.redis_url is None and folder.running() is None:
        raise Misconfigured(
            f"no Redis to ask: RINGFENCE_REDIS_URL is not set and nothing runs on {found.data_dir}; "
            "start `ringfence up` in another terminal, or set RINGFENCE_REDIS_URL"
        )
    if kind is DataKind.DEMO:
        return _complete(_as_demo(found, folder), folder, demo=True)
    check_live(found)
    return _complete(found, folder, demo=False)


def check_live(found: Environment) -> None:
    """Raise `Misconfigured`, naming every setting that a live installation lacks or may not have."""
    missing = [variable(name) for name in NEEDED_LIVE if not getattr(found, name)]
    if missing:
        raise Misconfigured(
            f"not set: {', '.join(missing)}; a live installation needs them "
            "(for a try with invented data use `ringfence up --demo` and a data folder of its own)"
        )
    if found.drama_numbers:
        raise Misconfigured("RINGFENCE_DRAMA_NUMBERS is for demo folders only: take it out")
    if (found.twilio_api_key_sid is None) != (found.twilio_api_key_secret is None):
        raise Misconfigured("TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET go together: set both or neither")


def check_demo(found: Environment, folder: DataFolder) -> DemoSecrets:
    """Return the demo's secrets; real credentials beside invented data raise `Misconfigured`."""
    own = folder.demo_secrets()
    given = found.twilio_auth_token.get_secret_value() if found.twilio_auth_token else own.twilio_auth_token
    theirs = {found.twilio_account_sid or own.twilio_account_sid, given}
    if theirs != {own.twilio_account_sid, own.twilio_auth_token} or found.twilio_api_key_sid:
        raise Misconfigured(
            f"{folder.path} is a demo folder and Twilio credentials are set: invented data and the stand-in "
            "never run next to a real account; set RINGFENCE_DATA_DIR to another folder, or take TWILIO_… out"
        )
    return own


def _as_demo(found: Environment, folder: DataFolder) -> Environment:
    """Fill in what the demo folder and its running installation know; what is set keeps its word."""
    own, now = check_demo(found, folder), folder.running()
    port = now.port if now else found.port
    return found.model_copy(
        update={
            "port": port,
            "public_url": found.public_url or (now.public_url if now else f"http://127.0.0.1:{port}"),
            "secret_key": found.secret_key or SecretStr(own.secret_key),
            "twilio_account_sid": own.twilio_account_sid,
            "twilio_auth_token": SecretStr(own.twilio_auth_token),
            "twilio_api_base_url": found.twilio_api_base_url or (now.twilio_api_base_url if now else None),
            "drama_numbers": found.drama_numbers is not False,
        }
    )


def _complete(found: Environment, folder: DataFolder, *, demo: bool) -> Settings:
    now = folder.running()
    redis_url = found.redis_url or (now.redis_url if now else None)
    # Both callers have made sure of these; the type checker has not seen them do it.
    assert redis_url
    assert found.public_url
    assert found.secret_key
    assert found.twilio_account_sid
    assert found.twilio_auth_token
    return Settings(
        redis_url=redis_url,
        data_dir=folder.path,
        public_url=found.public_url,
        secret_key=found.secret_key,
        twilio_account_sid=found.twilio_account_sid,
        twilio_auth_token=found.twilio_auth_token,
        twilio_auth_token_secondary=found.twilio_auth_token_secondary,
        twilio_api_key_sid=found.twilio_api_key_sid,
        twilio_api_key_secret=found.twilio_api_key_secret,
        twilio_api_base_url=found.twilio_api_base_url,
        host=found.host,
        port=found.port,
        web_workers=found.web_workers,
        web_threads=found.web_threads,
        default_region=found.default_region,
        redis_durable=found.redis_durable,
        drama_numbers=bool(found.drama_numbers),
        metrics_open=found.metrics_open or demo,
        lookup_url=found.lookup_url,
        lookup_token=found.lookup_token,
        lookup_timeout_ms=found.lookup_timeout_ms,
        lookup_networks=found.lookup_networks,
        archive_url=found.archive_url,
        archive_keys=found.archive_keys,
        clip_days=found.clip_days,
        delete_recordings=found.delete_recordings,
        demo=demo,
    )
