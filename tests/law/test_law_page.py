"""`docs/law.md` says what the code does: every rule, its law, its words, its tests and its figures."""

from dialer.law.codes import Code
from dialer.law.statute_book import all_rules
from tests.law.building import BOOK
from tests.law.law_page import MARK, PAGE, page, rows_expecting


def test_the_page_is_as_the_code_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.law.law_page"


def test_every_code_is_tested() -> None:
    assert set(rows_expecting()) == set(Code)


def test_every_rule_says_its_source() -> None:
    sources = {rule.name: "Source:" in (rule.check.__doc__ or "") for rule in all_rules(BOOK.home)}
    assert all(sources.values()), [name for name, has_one in sources.items() if not has_one]


def test_the_readings_are_the_pages_own_words() -> None:
    words, mark, _ = PAGE.read_text("utf-8").partition(MARK)
    assert mark
    assert "## Readings chosen" in words
