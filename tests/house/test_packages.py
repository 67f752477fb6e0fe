"""What is imported is declared, and what is declared is locked: a fresh machine gets no more than that."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.sources import CODE, ROOT, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"app", "dialer", "workers", "tests", "benchmarks"}


def package(requirement: str) -> str:
    """The name of a requirement, as packages are compared."""
    return re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower().replace("_", "-")


RUN = {package(line) for line in PROJECT["dependencies"]}
DEV = {package(line) for line in PROJECT["optional-dependencies"]["dev"]}
INTEROP = {package(line) for line in PROJECT["optional-dependencies"]["interop"]}
TESTED = (*CODE, "tests", "benchmarks")


@pytest.mark.parametrize(("folders", "declared"), [(CODE, RUN), (TESTED, RUN | DEV)])
def test_what_is_imported_is_declared(folders: tuple[str, ...], declared: set[str]) -> None:
    providers = packages_distributions()
    undeclared = {
        f"{source.name}: {top}"
        for source in sources(*folders)
        for top in {name.partition(".")[0] for name in source.imports()} - OURS - sys.stdlib_module_names
        if not declared & {package(name) for name in providers.get(top, [top])}
    }
    assert undeclared == set()


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        ("requirements.lock", RUN),
        ("requirements-dev.lock", RUN | DEV),
        ("requirements-interop.lock", RUN | INTEROP),
    ],
)
def test_what_is_declared_is_locked(lock: str, declared: set[str]) -> None:
    locked = set(re.findall(r"^([a-z0-9][^\s=\[]*)(?:\[[^]]*\])?==", (ROOT / lock).read_text(), re.MULTILINE))
    assert declared - {name.replace("_", "-") for name in locked} == set()
