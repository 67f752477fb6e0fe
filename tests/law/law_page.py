"""The tables of `docs/law.md`, written from the code: `python -m tests.law.law_page` renews them."""

import json
from pathlib import Path
from typing import Final

from dialer.law.codes import Code
from dialer.law.parameters import dated_values
from dialer.law.reasons import catalogue
from dialer.law.rule import Rule
from dialer.law.statute_book import all_rules
from tests.law.building import BOOK

PAGE: Final = Path(__file__).parents[2] / "docs" / "law.md"
CASES: Final = Path(__file__).parent / "cases"
MARK: Final = "<!-- From here on written by tests/law/law_page.py; change the code, then run it. -->"
# Codes no imagined case can carry, and the tests that hold them.
ELSEWHERE: Final = {
    Code.E_NOT_ASSIGNED: "tests/screening/test_screen.py",
    Code.E_PERMIT_DEAD: "tests/store/test_permits.py",
    Code.E_LOOKUP_NO_ANSWER: "tests/screening/test_looking_up_in_vain.py",
}


def page() -> str:
    """Return the whole page: its own words up to the mark, then the tables."""
    words = PAGE.read_text("utf-8").partition(MARK)[0]
    return f"{words}{MARK}\n\n{rules_table()}\n\n{reasons_table()}\n\n{figures_table()}\n"


def rules_table() -> str:
    """Return every rule in the order it is asked."""
    lines = [
        "## Rules, in the order they are asked",
        "",
        "| phase | rule | forbids or allows | from | codes |",
    ]
    lines.append("| --- | --- | --- | --- | --- |")
    for rule in all_rules(BOOK.home):
        codes = ", ".join(f"`{code}`" for code in rule.codes)
        told = _told(rule)
        lines.append(f"| {rule.phase.value} | `{rule.name}` | {told} | {rule.in_force_from} | {codes} |")
    return "\n".join(lines)


def _told(rule: Rule) -> str:
    words = " ".join((rule.check.__doc__ or "").split())
    assert "Source:" in words, f"the docstring of {rule.name} names no source"
    return words.replace("|", "\\|")


def reasons_table() -> str:
    """Return every code with its law, its words and where it is tested."""
    lines = ["## Reasons", "", "| code | verdict | kind | citation | text | say | tested by |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    tests = rows_expecting()
    for code, words in catalogue().items():
        link = f"[{words.citation.provision}]({words.citation.url.removeprefix('docs/')})"
        row = (f"`{code}`", words.verdict, words.kind, link, words.text, words.say, tests[code])
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def rows_expecting() -> dict[Code, str]:
    """Return for each code the first row of the tables that expects it, and how many do."""
    found: dict[str, list[str]] = {}
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for code in dict.fromkeys((row["expect"]["reason"], *row["expect"].get("also", ()))):
                found.setdefault(code, []).append(f"{path.stem}: {row['title']}")
    tests = {}
    for code in Code:
        rows = found.get(code, [])
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        tests[code] = ELSEWHERE[code] if code in ELSEWHERE else f"“{rows[0]}”{more}".replace("|", "\\|")
    return tests


def figures_table() -> str:
    """Return every dated figure with its source."""
    lines = ["## Figures", "", "| figure | from | value | source |", "| --- | --- | --- | --- |"]
    for value in dated_values("dialer.law:house_parameters.toml", "dialer.law.uk:parameters.toml"):
        lines.append(f"| `{value.name}` | {value.since} | {value.value} | {value.source} |")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
