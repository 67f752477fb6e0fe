"""`ringfence what-if`: a decision a line, the faults of a bad line in its place, exit 1 if there was one."""

import json
from typing import Any

from click.testing import CliRunner, Result

from dialer.commands.what_if import what_if
from tests.law.building import a_case


def run(text: str | bytes, *options: str) -> Result:
    return CliRunner().invoke(what_if, [*options], input=text)


def lines_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.output.splitlines()]


def test_each_line_gets_one_decision() -> None:
    text = "\n\n".join(json.dumps({**a_case(), "id": name}) for name in ("X1", "X2"))
    result = run(text)
    assert [(line["case"], line["id"], line["verdict"]) for line in lines_of(result)] == [
        ("X1", "X1", "allow"),
        ("X2", "X2", "allow"),
    ]
    assert result.exit_code == 0


def test_a_decision_has_the_contracts_shape() -> None:
    decision = lines_of(run(json.dumps(a_case())))[0]
    assert decision["reasons"][0]["kind"] == "law"
    assert (decision["to"], decision["channel"], decision["campaign"]) == ("+442079460123", "live_call", "C1")
    assert (decision["permit"], decision["advisory"], decision["agent"]) == (None, True, None)
    assert decision["decided_at"] == "2026-11-23T10:00:00+00:00"
    assert decision["registers"]["tps"]["age_days"] == 3


def test_a_bad_line_is_answered_in_its_place_and_the_rest_is_judged() -> None:
    result = run(f'{{"at": 5}}\n\n{json.dumps(a_case())}\n{{"x": 1}}')
    first, second, third = lines_of(result)
    assert (first["line"], first["problem"]["errors"][0]["pointer"]) == (1, "/at")
    assert second["verdict"] == "allow"
    unknown = {"pointer": "/x", "detail": "is an unknown key; it would have been ignored"}
    assert (third["line"], third["problem"]["errors"]) == (4, [unknown])
    assert result.exit_code == 1


def test_a_line_that_is_no_text_is_a_bad_line() -> None:
    result = run(b"\xff\xfe\n" + json.dumps(a_case()).encode())
    assert [sorted(line)[0] for line in lines_of(result)] == ["line", "advisory"]


def test_a_line_too_long_for_memory_is_refused_and_the_next_is_judged() -> None:
    result = run("x" * 3_000_000 + "\n" + json.dumps(a_case()))
    refused, judged = lines_of(result)
    assert (refused["line"], judged["verdict"]) == (1, "allow")


def test_a_byte_order_mark_is_passed_over() -> None:
    assert lines_of(run(b"\xef\xbb\xbf" + json.dumps(a_case()).encode()))[0]["verdict"] == "allow"


def test_nothing_in_nothing_out() -> None:
    result = run("\n \n")
    assert (result.output, result.exit_code) == ("", 0)


def test_an_explanation_is_for_people() -> None:
    result = run(json.dumps({**a_case(), "title": "Plain"}), "--explain")
    assert result.output.startswith("Plain\nALLOW: UK_R21_CLEAR")
    assert "Phase 7: hours" in result.output
