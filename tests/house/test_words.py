"""Every script says what it is for, no file has a name that says nothing, none names a machine.

Docstrings are checked by ruff (D), for tests too.
"""

import re

from tests.house.sources import ALL, ROOT, sources

NAMES_THAT_SAY_NOTHING = {
    "utils",
    "helpers",
    "common",
    "models",
    "constants",
    "base",
    "manager",
    "misc",
    "core",
    "util",
}
SCRIPT_HEADER = ("KEYS", "ARGV", "returns")
# Lua scripts are handed names and times; they make neither.
SCRIPT_FORBIDDEN = {
    "builds a key name": re.compile(r"""["']rf:"""),
    "reads a clock": re.compile(r"""["'](TIME|time)["']"""),
}
# Addresses of package indexes and paths of one machine have no place in a project that others run.
MACHINE = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + "hosted",
            "registry" + r"\.npmjs",
            "/wor" + "k/(main|shared)",
            "/ro" + "ot/",
        ]
    )
)
READ = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".lua",
    ".html",
    ".css",
    ".js",
    ".txt",
    ".lock",
    ".example",
    ".cfg",
    "",
}


def test_no_file_has_a_name_that_says_nothing() -> None:
    bad = [
        s.name for s in sources(*ALL) if s.name.removesuffix(".py").split("/")[-1] in NAMES_THAT_SAY_NOTHING
    ]
    assert bad == []


def test_every_script_opens_with_its_contract() -> None:
    silent = []
    for path in sorted((ROOT / "dialer").rglob("*.lua")):
        header = "\n".join(
            line for line in path.read_text().split("\n\n")[0].splitlines() if line.startswith("--")
        )
        missing = [word for word in SCRIPT_HEADER if word.casefold() not in header.casefold()]
        silent += [f"{path.name}: {missing}"] if missing else []
    assert silent == []


def test_no_script_makes_a_key_name_or_reads_a_clock() -> None:
    faults = [
        f"{path.name} {what}"
        for path in sorted((ROOT / "dialer").rglob("*.lua"))
        for what, pattern in SCRIPT_FORBIDDEN.items()
        if pattern.search("\n".join(line.split("--")[0] for line in path.read_text().splitlines()))
    ]
    assert faults == []


def test_nothing_names_a_package_index_or_a_path_of_one_machine() -> None:
    folders = ["dialer", "workers", "tests", "benchmarks", "docs", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    found = [
        str(p.relative_to(ROOT))
        for p in files
        if p.suffix in READ
        and p.name not in {".env", ".coverage"}
        and "__pycache__" not in p.parts
        and MACHINE.search(p.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
