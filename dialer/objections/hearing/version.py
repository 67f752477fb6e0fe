"""The version of the hearing: a digest of everything it judges by, so that a judgement can be made again."""

import hashlib
from functools import cache
from importlib.resources import files

_FOLDERS = ("rules", "words")


@cache
def hearing_version() -> str:
    """Return such as `hearing-3f9a12c45b07`: the same rules, words and weights give the same version."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for file in sorted(files(__package__).joinpath(folder).iterdir(), key=lambda file: file.name):
            if file.is_file():
                digest.update(f"{folder}/{file.name}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return f"hearing-{digest.hexdigest()[:12]}"
