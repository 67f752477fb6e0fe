"""The story of somebody who says no on the public page, over HTTP, with nothing but a browser's forms."""

import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.at_the_door import TYPED, Door, open_door


@pytest.fixture
def door(redis_url: str, tmp_path: Path) -> Iterator[Door]:
    """A plain centre."""
    with open_door(redis_url, tmp_path) as opened:
        yield opened


def page(door: Door, form: dict[str, str] | None = None) -> str:
    """Fetch the page, or send its form; no cookie is kept between the two."""
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    with urllib.request.urlopen(f"{door.centre.url}/stop/alder", data=body, timeout=20) as answer:
        assert answer.headers["Set-Cookie"] is None
        return str(answer.read().decode())


def sends(door: Door, number: str) -> str:
    mark = re.search(r'name="form" value="([^"]+)"', page(door))
    assert mark is not None
    return page(door, {"form": mark.group(1), "number": number, "what": "all"})


def test_they_say_no_and_the_next_call_is_refused(door: Door) -> None:
    assert door.next_call() == "put through"
    told = sends(door, TYPED)
    assert re.search(r'class="reference">[\d ]{11}<', told)
    assert (len(door.noes()), door.next_call()) == (1, "refused")


def test_the_page_says_the_same_of_a_number_nobody_knows(door: Door) -> None:
    known, unknown = sends(door, TYPED), sends(door, "020 7946 0999")
    blank = re.compile(r"[\d ]{11}")
    assert blank.sub("", known) == blank.sub("", unknown)


def test_a_slip_in_the_number_is_pointed_at_and_keeps_nothing(door: Door) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        sends(door, "not a number")
    assert refused.value.code in {400, 422}
    assert door.noes() == []
