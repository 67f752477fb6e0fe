"""Labelled turns are read from either form, and a third is kept apart for good."""

from pathlib import Path

from dialer.objections.hearing.labelled import read_labelled


def test_a_heading_holds_for_its_lines_and_a_line_may_differ(tmp_path: Path) -> None:
    place = tmp_path / "turns.txt"
    place.write_text(
        "# note\n== group=hard label=none phenomenon=a\nhello\nbye ## label=callback accept=callback,none\n"
    )

    first, second = read_labelled(place)

    assert (first.label, first.accept) == ("none", {"none"})
    assert (second.label, second.accept, second.phenomenon) == ("callback", {"callback", "none"}, "a")


def test_json_lines_give_the_same_shape(tmp_path: Path) -> None:
    place = tmp_path / "turns.jsonl"
    place.write_text(
        '{"text": "stop", "label": "opt_out", "scope": "org", "channel": "calls+texts", "accept": null}\n'
    )

    (item,) = read_labelled(place)

    assert (item.scope, item.channels, item.accept) == ("org", {"calls", "texts"}, {"opt_out"})


def test_about_a_third_is_kept_and_always_the_same_third() -> None:
    items = read_labelled(Path(__file__).parent / "data" / "challenge_objections.txt")

    kept = [item.text for item in items if item.is_kept]

    assert 0.25 < len(kept) / len(items) < 0.42
    assert kept == [item.text for item in items if item.is_kept]
