"""Files sent in a form: taken to disk as they come, so that a large one needs no memory."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from dialer.errors import Fault, Unreadable

FORM: Final = "multipart/form-data"
# Ten million rows of a wide export; also what a workbook or a gzip may bring.
LARGEST_BYTES: Final = 4 << 30
_BLOCK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a form; what it is called is the sender's word and names nothing on our disk."""

    sent: FileStorage

    @property
    def name(self) -> str:
        """Return what the sender calls it, without folders, at most 200 characters."""
        plain = (self.sent.filename or "list").replace("\\", "/").rpartition("/")[2]
        return "".join(character for character in plain if character.isprintable())[:200] or "list"

    def save(self, path: Path) -> None:
        """Write it to disk, for this user alone."""
        path.touch(mode=0o600)
        self.sent.save(path, buffer_size=_BLOCK_BYTES)

    def digest(self) -> bytes:
        """Return the SHA-256 of its bytes."""
        digest = hashlib.sha256()
        while block := self.sent.stream.read(_BLOCK_BYTES):
            digest.update(block)
        self.sent.stream.seek(0)
        return digest.digest()


def allow_upload() -> None:
    """Let this request be as large as a list; to be called before anything of it is read."""
    request.max_content_length = LARGEST_BYTES


def upload_of_request(name: str = "file") -> Upload:
    """Return the file under this name; raises Unreadable where there is none, or more than one."""
    if request.mimetype != FORM:
        raise UnsupportedMediaType
    others = sorted(set(request.files) - {name})
    if others:
        raise Unreadable(
            f"‘{others[0]}’ was sent as a file; send it as text: one file goes with a form",
            faults=(Fault(f"/{others[0]}", "is text, not a file"),),
        )
    sent = request.files.getlist(name)
    if len(sent) != 1 or not sent[0].filename:
        raise Unreadable(
            f"send one file, as the part ‘{name}’ of a form",
            faults=(Fault(f"/{name}", "is required, once"),),
        )
    return Upload(sent[0])
