"""What one start has decided: demo or live, which ports, which environment its parts see.

All that can stop a start for a reason a person can mend is looked at here, before anything runs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialer.data_folder import DataFolder, DataKind
from dialer.environment import Environment, variable
from dialer.errors import Misconfigured
from dialer.processes.ports import LOOPBACK, free_port, free_port_near
from dialer.settings import check_demo, check_live


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One start. `environment` is all the parts see, secrets too; the last two ports are the demo's."""

    folder: DataFolder
    kind: DataKind
    host: str
    port: int
    public_url: str
    redis_url: str | None
    environment: Mapping[str, str] = field(repr=False)
    stand_in_port: int | None = None
    crm_port: int | None = None
    crm_secret: str = field(default="", repr=False)

    @property
    def own_url(self) -> str:
        """Return where this machine reaches the web server, whatever name the world uses."""
        host = LOOPBACK if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def prepare(found: Environment, *, demo: bool | None, at: datetime) -> Installation:
    """Decide, stamp the folder at its first start, and return the installation.

    `demo` None decides by the folder's stamp, else by whether Twilio credentials are set. Raises
    `Misconfigured` for anything missing, unsafe or taken. The caller holds the folder's lock.
    """
    folder = DataFolder(found.data_dir.absolute())
    kind = _kind(found, folder, demo)
    if kind is DataKind.LIVE:
        check_live(found)
    elif folder.kind() is DataKind.DEMO:
        check_demo(found, folder)
    port = free_port(found.host, found.port)
    folder.stamp(kind, at=at)
    return _demo(found, folder, port) if kind is DataKind.DEMO else _live(found, folder, port)


def _kind(found: Environment, folder: DataFolder, demo: bool | None) -> DataKind:
    stamped = folder.kind()
    asked = None if demo is None else DataKind.DEMO if demo else DataKind.LIVE
    if stamped and asked and stamped is not asked:
        raise Misconfigured(
            f"{folder.path} is stamped {stamped.value} for good: choose another folder for {asked.value}"
        )
    if stamped is None and asked is DataKind.DEMO and found.names_twilio_credentials:
        raise Misconfigured(
            "--demo beside Twilio credentials: invented data never runs next to a real account"
        )
    return stamped or asked or (DataKind.LIVE if found.names_twilio_credentials else DataKind.DEMO)


def _live(found: Environment, folder: DataFolder, port: int) -> Installation:
    assert found.public_url, "check_live has looked for it"
    return Installation(
        folder=folder,
        kind=DataKind.LIVE,
        host=found.host,
        port=port,
        public_url=found.public_url,
        redis_url=found.redis_url,
        environment=_environment(data_dir=str(folder.path), host=found.host, port=str(port)),
    )


def _demo(found: Environment, folder: DataFolder, port: int) -> Installation:
    own = check_demo(found, folder)
    stand_in_port, crm_port = free_port_near(port + 1), free_port_near(port + 2)
    public_url = found.public_url or f"http://{LOOPBACK}:{port}"
    return Installation(
        folder=folder,
        kind=DataKind.DEMO,
        host=found.host,
        port=port,
        public_url=public_url,
        redis_url=found.redis_url,
        stand_in_port=stand_in_port,
        crm_port=crm_port,
        crm_secret=own.crm_secret,
        environment=_environment(
            data_dir=str(folder.path),
            host=found.host,
            port=str(port),
            public_url=public_url,
            secret_key=found.secret_key.get_secret_value() if found.secret_key else own.secret_key,
            drama_numbers="0" if found.drama_numbers is False else "1",
            twilio_account_sid=own.twilio_account_sid,
            twilio_auth_token=own.twilio_auth_token,
            twilio_api_base_url=found.twilio_api_base_url or f"http://{LOOPBACK}:{stand_in_port}",
        ),
    )


def _environment(**decided: str) -> dict[str, str]:
    """Return our own environment with what was decided put over it, `_FILE` variants taken out of its way."""
    seen = dict(os.environ)
    for name, value in decided.items():
        seen.pop(f"{variable(name)}_FILE", None)
        seen[variable(name)] = value
    return seen
