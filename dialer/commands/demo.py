"""`ringfence demo load`: a demo folder gets its invented people and files, the way a user would bring them.

Files come in through the import commands, calls through the stand-in; only who is who is written directly.
Run again it finds everything done and does nothing twice.
"""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from dialer.clock import london_day
from dialer.data_folder import DataFolder
from dialer.delivery.destination import Destination
from dialer.errors import CannotKeep, Misconfigured
from dialer.ids import Kind, new_id
from dialer.people.keys import Key, digest_of, new_token
from dialer.people.roles import Role
from dialer.people.users import User, hash_of
from dialer.sandbox.demo import house
from dialer.settings import read_settings
from dialer.store import keys
from dialer.store.configuration import POLICY_ID, Section
from dialer.store.trouble import kept
from dialer.wiring import Parts, wire

LOG_INS = "demo-log-ins"
SUPERVISOR = "supervisor"


@click.group()
def demo() -> None:
    """Load invented data into a demo folder."""


@demo.command()
@click.option("--crm", "crm_url", required=True, help="Where the demo CRM answers.")
def load(crm_url: str) -> None:
    """Load organisations, campaigns, registers, a do-not-call export and consents, and place a few calls."""
    parts = wire(read_settings())
    if not parts.settings.demo:
        raise Misconfigured("this data folder is live: demo data never goes into it")
    _stamp_store(parts)
    folder = DataFolder(parts.settings.data_dir)
    marker = folder.path / LOG_INS
    # The stand-in forgets its callees at each stop, and either may answer on another port than last time.
    _tell_of_crm(parts, folder, crm_url)
    _script_callees(parts)
    if marker.exists() and parts.configuration.current().organisations:
        return
    log_ins = _people(parts, folder)
    for arguments in _files(parts, folder.path / "demo-files"):
        _run(arguments)
    _calls(parts)
    marker.write_text("\n".join(log_ins) + "\n", encoding="utf-8")
    marker.chmod(0o600)


def _stamp_store(parts: Parts) -> None:
    """Mark an empty store as the demo's; one that holds anything else never gets invented data.

    The data folder has a stamp of its own, but RINGFENCE_REDIS_URL may lead from a new folder to the store
    of a live installation.
    """
    with kept("stamping the store"):
        is_marked = parts.redis.get(keys.STAMP) == b"demo"
        if not is_marked and parts.redis.exists(keys.EPOCH, keys.LEDGER, keys.REGISTERS_LIVE):
            raise Misconfigured(
                "this Redis holds records that are not a demo's, so no invented data goes in: "
                "unset RINGFENCE_REDIS_URL, or name an empty Redis"
            )
        parts.redis.set(keys.STAMP, "demo")


def _people(parts: Parts, folder: DataFolder) -> list[str]:
    """Write who is who; returns the lines that tell a newcomer how to log in."""
    put = parts.configuration.put
    for organisation in house.ORGANISATIONS:
        put(Section.ORGANISATIONS, organisation.id, organisation)
    for campaign in house.CAMPAIGNS:
        put(Section.CAMPAIGNS, campaign.id or "", campaign)
    for agent in house.AGENTS:
        put(Section.AGENTS, agent.id, agent)
    put(Section.POLICY, POLICY_ID, house.POLICY)
    log_in_password = folder.demo_secrets().log_in_password
    password = hash_of(log_in_password)
    parts.people.save(
        User(name=SUPERVISOR, role=Role.ADMIN, password_hash=password, created_at=parts.clock())
    )
    keys = [
        f"API key, role {role}: {_key(parts, role)}" for role in (Role.DIALER, Role.SUPERVISOR, Role.ADMIN)
    ]
    return [f"{SUPERVISOR} / {log_in_password}", *keys]


def _tell_of_crm(parts: Parts, folder: DataFolder, crm_url: str) -> None:
    crm = Destination(
        id="crm",
        name="Demo CRM",
        kind="webhook",
        url=f"{crm_url}/webhooks",
        secrets=(folder.demo_secrets().crm_secret,),
        confirm_url=f"{crm_url}/holds",
        created_at=parts.clock(),
    )
    standing = parts.configuration.current().destinations.get(crm.id)
    if standing is None or (standing.url, standing.secrets) != (crm.url, crm.secrets):
        parts.configuration.put(Section.DESTINATIONS, crm.id, crm)


def _key(parts: Parts, role: Role) -> str:
    token = new_token()
    at = parts.clock()
    key = Key(
        id=new_id(Kind.KEY, at=at), name=f"demo {role}", role=role, digest=digest_of(token), created_at=at
    )
    parts.configuration.put(Section.KEYS, key.id, key)
    return token


def _files(parts: Parts, folder: Path) -> Iterator[list[str]]:
    """Yield the commands that make the demo's files and bring them in."""
    folder.mkdir(parents=True, exist_ok=True)
    extracted_on = (london_day(parts.clock()) - timedelta(days=1)).isoformat()
    for register, rows in (("tps", "100000"), ("ctps", "8000")):
        path = str(folder / f"{register}.txt")
        yield ["dialer.sandbox.demo.tps", path, "--rows", rows, "--register", register]
        yield ["dialer.commands", "register", "import", register, path, "--extracted-on", extracted_on]
    export, log = str(folder / "SYSTEM_DNC.txt"), str(folder / "vicidial_dnc_log.csv")
    consents = str(folder / "consents.csv")
    yield ["dialer.sandbox.demo.do_not_call", export]
    yield ["dialer.sandbox.demo.do_not_call", log, "--log"]
    yield ["dialer.sandbox.demo.consents", consents]
    yield ["dialer.commands", "suppress", "import", export, "--operator", "beck"]
    yield ["dialer.commands", "suppress", "import", log, "--principal", "alder"]
    yield ["dialer.commands", "consent", "import", consents]


def _run(arguments: list[str]) -> None:
    """Run one module as a user would; its lines go to ours. A refused file stops the loading."""
    click.echo(
        f"$ ringfence {' '.join(arguments[1:])}" if arguments[0] == "dialer.commands" else "making a file"
    )
    done = subprocess.run([sys.executable, "-m", *arguments], check=False)
    if done.returncode != 0:
        raise CannotKeep(f"loading the demo stopped at `{arguments[0]}` (exit {done.returncode}); see above")


def _script_callees(parts: Parts) -> None:
    for number, script in house.SCRIPTS:
        _post(parts, "/sandbox/callees", {"number": number, "script": list(script)})


def _calls(parts: Parts) -> None:
    """Let the agents ring, through the stand-in."""
    for endpoint, dialled in house.CALLS:
        _post(parts, "/sandbox/calls", {"from": endpoint, "to": dialled, "params": {"To": dialled}})


def _post(parts: Parts, path: str, body: dict[str, Any]) -> None:
    asked = urllib.request.Request(  # noqa: S310 -- our own stand-in on this machine
        f"{parts.settings.twilio_api_base_url or ''}{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
        answer.read()
