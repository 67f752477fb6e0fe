"""`ringfence hear`: JSON lines in, JSON lines out."""

import json

from click.testing import CliRunner, Result

from dialer.commands.hear import MAX_LINE_CHARACTERS, hear
from dialer.commands.what_if import what_if


def run(text: str) -> Result:
    return CliRunner().invoke(hear, ["-"], input=text)


def test_each_line_is_judged_in_order_with_its_id() -> None:
    result = run('{"id": "a", "text": "stop ringing me"}\n\n{"id": 2, "text": "yes go on"}\n')

    first, second = (json.loads(line) for line in result.output.splitlines())
    assert result.exit_code == 0
    assert {key: first[key] for key in ("id", "label", "outcome", "scope", "channels", "span")} == {
        "id": "a",
        "label": "opt_out",
        "outcome": "in_force",
        "scope": "org",
        "channels": ["calls"],
        "span": [0, 12],
    }
    assert (second["id"], second["label"], second["scope"], second["channels"]) == (2, "none", None, [])


def test_a_bad_line_is_a_problem_on_its_own_line_and_the_rest_is_judged() -> None:
    result = run(
        'nope\n[1]\n{"text": 5}\n{"id": "b", "text": "hello", "confidence": 2}\n{"id": "c", "text": "stop"}\n'
    )

    answers = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 1
    assert [answer.get("line") for answer in answers] == [1, 2, 3, 4, None]
    assert [p["pointer"] for p in answers[2]["problem"]["errors"]] == ["/text"]
    assert [p["pointer"] for p in answers[3]["problem"]["errors"]] == ["/confidence"]
    assert answers[4]["outcome"] == "in_force"


def test_a_line_beyond_the_limit_is_refused_and_the_next_is_judged() -> None:
    result = run('{"text": "' + "a" * MAX_LINE_CHARACTERS + '"}\n{"id": "b", "text": "stop"}\n')

    first, second = (json.loads(line) for line in result.output.splitlines())
    assert (first["line"], second["outcome"]) == (1, "in_force")


def test_a_recogniser_without_confidence_in_itself_is_heard_as_possible() -> None:
    result = run('{"id": "a", "text": "yes", "confidence": 0.1}\n')

    assert json.loads(result.output)["outcome"] == "possible"


def test_a_bad_line_is_told_of_as_what_if_tells_it() -> None:
    judged = json.loads(CliRunner().invoke(what_if, ["-"], input='{"a": 1, "a": 2}').output)
    heard = json.loads(run('{"text": "stop", "text": "go on"}\n').output)
    assert heard["problem"].keys() == judged["problem"].keys()
    assert heard["problem"]["errors"] == [
        {"pointer": "/text", "detail": "stands more than once in its object"}
    ]


def test_what_is_no_text_and_no_number_is_pointed_at() -> None:
    result = run('{"id": "a", "text": "\\ud800"}\n{"id": "b", "text": "stop", "confidence": NaN}\n')
    found = [json.loads(line)["problem"]["errors"][0]["pointer"] for line in result.output.splitlines()]
    assert (found, result.exit_code) == (["/text", "/confidence"], 1)
