"""Plain values as JSON: whatever was asked can be kept and read back."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dialer.store.codec import compact

texts = st.text(st.characters())
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(kept=st.dictionaries(texts, values))
def test_what_is_kept_is_read_back(kept: dict[str, Any]) -> None:
    assert json.loads(compact(kept)) == kept


def test_half_of_a_surrogate_pair_can_be_kept() -> None:
    assert json.loads(compact({"to": "07700 \udcff"})) == {"to": "07700 \udcff"}


def test_nothing_is_kept_as_null_so_that_a_line_has_all_its_names() -> None:
    assert compact({"list": None, "n": [1, True]}) == b'{"list":null,"n":[1,true]}'
