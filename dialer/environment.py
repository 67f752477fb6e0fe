"""The settings as they are found: variables, files they name and `.env`, each checked for its own shape.

Sources, the first that answers: the variable · a file named by the variable with `_FILE` added, as container
secrets are mounted · a `.env` file in the working directory. `dialer.settings` decides what is missing.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from dialer.errors import Misconfigured

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def variable(name: str) -> str:
    """Return the variable that sets a field: Twilio's keep Twilio's names, the rest carry our prefix."""
    return name.upper() if name.startswith("twilio_") else f"RINGFENCE_{name.upper()}"


def _a_web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be http(s)://host[:port][/path]")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("must carry no log-in, query or fragment")
    return value.rstrip("/")


def _a_guarded_address(value: str) -> str:
    host, scheme = urlsplit(value).hostname, urlsplit(value).scheme
    if scheme == "http" and host and host not in LOOPBACK:
        raise ValueError("must be https: callees' numbers travel over it")
    return _a_web_address(value)


def _a_public_address(value: str) -> str:
    host = urlsplit(value).hostname
    if host and "_" in host:
        raise ValueError("has an underscore in its host name, and Twilio calls no such host")
    return _a_guarded_address(value)


def _networks(value: str) -> str:
    try:
        for text in value.split(","):
            ip_network(text.strip())
    except ValueError:
        raise ValueError("must be networks such as 10.2.0.0/16, with commas between") from None
    return value


def _a_redis_address(value: str) -> str:
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must begin redis://, rediss:// or unix://")
    return value


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Region = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
WebAddress = Annotated[str, AfterValidator(_a_web_address)]
PublicAddress = Annotated[str, AfterValidator(_a_public_address)]
GuardedAddress = Annotated[str, AfterValidator(_a_guarded_address)]
Networks = Annotated[str, AfterValidator(_networks)]
RedisAddress = Annotated[str, AfterValidator(_a_redis_address)]
SigningKey = Annotated[SecretStr, Field(min_length=32)]
FewAtLeastOne = Annotated[int, Field(ge=1, le=64)]


class Environment(BaseSettings):
    """What is set; None means not set. Whether that is enough depends on the data folder."""

    model_config = SettingsConfigDict(
        alias_generator=variable,
        env_file=".env",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    redis_url: RedisAddress | None = None
    redis_durable: Literal["trusted"] | None = None
    data_dir: Path = Path(".ringfence")
    host: Word = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: PublicAddress | None = None
    secret_key: SigningKey | None = None
    default_region: Region = "GB"
    drama_numbers: bool | None = None
    web_workers: FewAtLeastOne = 2
    web_threads: FewAtLeastOne = 4
    metrics_open: bool = False
    lookup_url: GuardedAddress | None = None
    lookup_token: SecretStr | None = None
    lookup_timeout_ms: int = Field(1500, ge=100, le=5_000)
    lookup_networks: Networks | None = None
    archive_url: Word | None = None
    archive_keys: SecretStr | None = None
    clip_days: int = Field(730, ge=30, le=3_650)
    delete_recordings: bool = False
    twilio_account_sid: Word | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_auth_token_secondary: SecretStr | None = None
    twilio_api_key_sid: Word | None = None
    twilio_api_key_secret: SecretStr | None = None
    twilio_api_base_url: WebAddress | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - a folder of secrets; ours is NAME_FILE
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources as the module says."""
        return init_settings, env_settings, _FilesNamed(settings_cls), dotenv_settings

    @property
    def names_twilio_credentials(self) -> bool:
        """Whether anything here belongs to a Twilio account, complete or not."""
        return any((self.twilio_account_sid, self.twilio_auth_token, self.twilio_api_key_sid))


class _FilesNamed(EnvSettingsSource):
    """The values that lie in files named by `NAME_FILE`."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        name = str(field.validation_alias)
        path = os.environ.get(f"{name}_FILE")
        if not path:
            return None, name, False
        if os.environ.get(name):
            raise Misconfigured(f"{name} and {name}_FILE are both set: keep one of them")
        try:
            return Path(path).read_text(encoding="utf-8").strip(), name, False
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or "it is not text"
            raise Misconfigured(f"cannot read the file named by {name}_FILE: {why}") from fault


def read_environment() -> Environment:
    """Read all sources; a value of the wrong shape raises `Misconfigured`, naming it and never showing it."""
    try:
        return Environment()
    except ValidationError as fault:
        wrong = "; ".join(f"{error['loc'][0]}: {error['msg']}" for error in fault.errors(include_input=False))
        raise Misconfigured(f"cannot start with these settings: {wrong}") from None
    except SettingsError as fault:
        # The library wraps what a source raises; ours already says what to do.
        if isinstance(fault.__cause__, Misconfigured):
            raise fault.__cause__ from None
        raise
    except (OSError, UnicodeDecodeError) as fault:
        raise Misconfigured(f"cannot read .env in this folder: {fault}") from fault
