"""The key names of registers and washes; everybody takes them from `dialer.store.keys`."""

REGISTER_IMPORTS = "rf:register-imports"
REGISTER_IMPORTS_OPEN = "rf:register-imports:open"
WASHES = "rf:washes"
WASH_LEASE = "rf:wash:lease"
WASH_ORDINAL = "rf:wash:ordinal"


def register_page(name: str, version: str, page: int) -> str:
    """STRING: one page of a register version, ten thousand numbers (`registers.page`)."""
    return f"rf:register:{name}:{version}:p:{page}"


def register_additions(name: str, version: str, page: int) -> str:
    """HASH: offset in the page → ordinal of the snapshot that first held it, for the last 60 days."""
    return f"rf:register:{name}:{version}:a:{page}"


def register_snapshots(name: str) -> str:
    """HASH: ordinal → JSON of one snapshot: version, extracted_on, loaded_at, sha256, counts."""
    return f"rf:register:{name}:snapshots"


def register_lease(name: str) -> str:
    """STRING with a time-out: the version that is being loaded into this register now."""
    return f"rf:register:{name}:lease"


def register_ordinal(name: str) -> str:
    """STRING: the ordinal of the newest import, whether it went live or not."""
    return f"rf:register:{name}:ordinal"


def register_index(name: str, version: str) -> str:
    """STRING: the pages written of a version, as big-endian 64-bit numbers; written before the pages."""
    return f"rf:register:{name}:{version}:index"


def register_versions(name: str) -> str:
    """ZSET: versions that are not live and still hold pages, scored by the millisecond they may go."""
    return f"rf:register:{name}:versions"


def wash_page(page: int) -> str:
    """STRING: what washes said of ten thousand numbers, six bytes a result (`registers.washed`)."""
    return f"rf:wash:p:{page}"


def register_import(job_id: str) -> str:
    """HASH: one register file sent over HTTP: what was asked, and how it stands, as JSON."""
    return f"rf:register-import:{job_id}"
