"""What one installation keeps on disk beside Redis: its stamp, the demo's own secrets, what runs now.

    DATA/stamp.json     {"kind": "demo" | "live", "made_at": …}; written once, never changed
    DATA/demo.json      secrets made for this demo folder alone (0600)
    DATA/running.json   where the running installation answers (0600), so that a second terminal finds it
    DATA/valkey/        the embedded server's append-only file

The stamp is what keeps invented data and the stand-in away from a live installation for good.
"""

import json
import os
import secrets
from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from dialer.errors import Misconfigured

Kept = TypeVar("Kept")


class DataKind(StrEnum):
    """What a data folder may be used for, from its first start on."""

    DEMO = "demo"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSecrets:
    """Secrets of one demo folder; random, made at its first start, worthless anywhere else."""

    secret_key: str
    twilio_account_sid: str
    twilio_auth_token: str
    log_in_password: str
    crm_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Where the installation that holds this folder answers; stale after a crash, so try before trusting."""

    supervisor_pid: int
    redis_url: str
    port: int
    public_url: str
    twilio_api_base_url: str | None


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder named by `RINGFENCE_DATA_DIR`; nothing is created until somebody writes."""

    path: Path

    def kind(self) -> DataKind | None:
        """Return what the folder is stamped; None for one that was never started.

        A stamp that cannot be read raises `Misconfigured`: a guess could put invented data into a live one.
        """
        stamp = self._read("stamp.json")
        if stamp is None:
            return None
        try:
            return DataKind(stamp["kind"])
        except (KeyError, ValueError) as fault:
            raise Misconfigured(
                f"cannot tell whether {self.path} is a demo or a live folder: stamp.json says neither; "
                "restore that file from a backup, or choose another RINGFENCE_DATA_DIR"
            ) from fault

    def stamp(self, kind: DataKind, *, at: datetime) -> None:
        """Mark the folder for good. The same kind again changes nothing; the other raises `Misconfigured`."""
        standing = self.kind()
        if standing is None:
            self._write("stamp.json", {"kind": kind.value, "made_at": at.isoformat()})
        elif standing is not kind:
            raise Misconfigured(
                f"{self.path} is stamped {standing.value} and cannot become {kind.value}: "
                "choose another RINGFENCE_DATA_DIR"
            )

    def demo_secrets(self) -> DemoSecrets:
        """Return the demo's own secrets, making them at the first call."""
        kept = self._read("demo.json")
        if kept is None:
            made = DemoSecrets(
                secret_key=secrets.token_urlsafe(48),
                # No real account begins with sixteen zeros; the stand-in refuses any other.
                twilio_account_sid="AC" + "0" * 16 + secrets.token_hex(8),
                twilio_auth_token=secrets.token_hex(16),
                log_in_password=secrets.token_urlsafe(9),
                crm_secret="whsec_" + b64encode(secrets.token_bytes(32)).decode(),
            )
            self._write("demo.json", asdict(made))
            return made
        return self._as(DemoSecrets, "demo.json", kept)

    def running(self) -> Running | None:
        """Return what the last start wrote down; None when the last stop was an ordered one."""
        kept = self._read("running.json")
        return None if kept is None else self._as(Running, "running.json", kept)

    def write_running(self, running: Running) -> None:
        """Let other processes of this user find the running installation."""
        self._write("running.json", asdict(running))

    def forget_running(self) -> None:
        """Take the note of `write_running` away, as the last act of an ordered stop."""
        (self.path / "running.json").unlink(missing_ok=True)

    def make(self) -> None:
        """Create the folder for this user alone (0700); no effect on one that exists."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as fault:
            raise Misconfigured(
                f"cannot read {self.path / name}: {fault}; restore it from a backup"
            ) from fault
        return found if isinstance(found, dict) else {}

    def _as(self, shape: type[Kept], name: str, kept: dict[str, Any]) -> Kept:
        try:
            return shape(**kept)
        except TypeError as fault:
            raise Misconfigured(f"{self.path / name} is not of this version: {fault}; delete it") from fault

    def _write(self, name: str, content: dict[str, Any]) -> None:
        """Replace a small file whole: readers see the old or the new one, and it survives a power cut."""
        self.make()
        fresh = self.path / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / name)
