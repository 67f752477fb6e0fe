"""Passwords are kept as Argon2id and checked without telling who exists; names have one spelling."""

import pytest

from dialer.errors import Unreadable
from dialer.people.roles import Role
from dialer.people.users import User, fits, hash_of, hash_of_nobody, read_name, wants_new_hash


def test_a_password_fits_its_own_hash_and_no_other_does() -> None:
    kept = hash_of("correct horse battery")
    assert kept.startswith("$argon2id$")
    assert fits("correct horse battery", kept)
    assert not fits("correct horse battery ", kept)
    assert not wants_new_hash(kept)


def test_two_hashes_of_one_password_differ() -> None:
    assert hash_of("correct horse battery") != hash_of("correct horse battery")


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1025])
def test_a_password_too_short_or_too_long_is_refused(password: str) -> None:
    with pytest.raises(Unreadable) as refused:
        hash_of(password)
    assert refused.value.faults[0].pointer == "/password"


def test_what_is_no_hash_fits_nothing_and_nobody_fits_nobody() -> None:
    assert not fits("anything at all", "not a hash")
    assert not fits("anything at all", hash_of_nobody())
    assert not fits("x" * 1_000_000, hash_of_nobody())


@pytest.mark.parametrize(
    ("typed", "name"), [(" Pat.Reed ", "pat.reed"), ("PAT@centre.example", "pat@centre.example")]
)
def test_a_name_has_one_spelling(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "-dash", "a b", "a\nb", "x" * 65, "a/b", "<b>", "a\x00"])
def test_a_name_with_anything_else_in_it_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_name(typed)


def test_a_users_text_form_holds_no_password_hash() -> None:
    user = User(name="pat", role=Role.SUPERVISOR, password_hash="$argon2id$secret")
    assert "secret" not in f"{user} {user!r}"
