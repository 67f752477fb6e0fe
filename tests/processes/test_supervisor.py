"""The supervisor keeps parts alive, in order, and leaves nothing behind however it ends."""

import os
import signal
import threading
from functools import partial
from pathlib import Path

import pytest

from dialer.errors import CannotKeep
from dialer.processes.supervisor import SAME_PRESS_SECONDS, Supervisor
from tests.processes.parts import exists, numbers_in, part
from tests.processes.supervised import start
from tests.servers import wait_for


class Heard:
    """What a supervisor in this process said; it is asked to stop as soon as all is ready."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def say(self, name: str, line: str) -> None:
        self.lines.append((name, line))

    def has(self, line: str) -> bool:
        return any(said == line for _, said in self.lines)

    def of(self, name: str) -> list[str]:
        return [line for who, line in self.lines if who == name]


def stop_us() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_every_line_of_every_part_is_heard_under_its_name() -> None:
    heard = Heard()
    talker = part("talker", "echo one; printf 'two\\nlast without an end'", ends=True)
    Supervisor([talker], say=heard.say).run(on_ready=stop_us)
    assert heard.of("talker") == ["one", "two", "last without an end"]


def test_a_later_stage_waits_until_the_earlier_one_is_ready(tmp_path: Path) -> None:
    sign, looks = tmp_path / "sign", []
    first = part(
        "first", f"sleep 0.3; touch {sign}; exec sleep 600", is_ready=lambda: looks.append(1) or sign.exists()
    )
    second = part("second", f"test -e {sign} && echo after", stage=1, ends=True)
    heard = Heard()
    Supervisor([second, first], say=heard.say).run(on_ready=stop_us)
    assert heard.of("second") == ["after"]
    assert len(looks) > 1


def test_stages_end_in_the_reverse_order() -> None:
    heard = Heard()
    slow = "trap 'sleep 0.2; echo {0} ends; exit' TERM; echo {0} up; while true; do sleep 0.05; done"
    parts = [
        part(name, slow.format(name), stage=stage, is_ready=partial(heard.has, f"{name} up"))
        for stage, name in enumerate(("a", "b"))
    ]
    Supervisor(parts, say=heard.say).run(on_ready=stop_us)
    ends = [line for _, line in heard.lines if line.endswith("ends")]
    assert ends == ["b ends", "a ends"]


def test_a_part_that_never_gets_ready_ends_the_start_and_is_named() -> None:
    heard = Heard()
    broken = part("broken", "echo why >&2; exit 3", is_ready=lambda: False)
    with pytest.raises(CannotKeep, match="broken ended 4 times"):
        Supervisor([broken], say=heard.say).run(on_ready=stop_us)
    assert heard.of("broken") == ["why"] * 4
    assert "broken ended with exit code 3; it is started again" in heard.of("ringfence")


def test_a_part_that_was_killed_is_started_again(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    running = start(file)
    wait_for(lambda: len(numbers_in(file)) == 1, what="the first start")
    os.kill(numbers_in(file)[0], signal.SIGKILL)
    wait_for(lambda: len(numbers_in(file)) == 2, what="the second start")
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "pids ended with SIGKILL; it is started again" in said


def test_a_killed_supervisor_leaves_no_part_behind(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a", "b")]
    running = start(*files)
    wait_for(lambda: all(numbers_in(file) for file in files), what="both parts")
    pids = [pid for file in files for pid in numbers_in(file)]
    running.kill()
    running.communicate()
    wait_for(lambda: not any(map(exists, pids)), what="the end of the parts")


def test_even_a_deaf_part_and_its_children_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    file = tmp_path / "deaf"
    running = start(file)
    wait_for(lambda: len(numbers_in(file)) == 2, what="the part and its child")
    running.kill()
    running.communicate()
    wait_for(lambda: not any(map(exists, numbers_in(file))), what="their end", timeout_seconds=30)


def test_a_second_ctrl_c_hurries(tmp_path: Path) -> None:
    file = tmp_path / "deaf"
    running = start(file)
    wait_for(lambda: len(numbers_in(file)) == 2, what="the part and its child")
    running.send_signal(signal.SIGINT)
    assert running.stdout
    wait_for(lambda: "stopping" in running.stdout.readline(), what="the first answer")
    running.send_signal(signal.SIGINT)  # handed on by somebody: still the first
    threading.Event().wait(SAME_PRESS_SECONDS + 0.1)
    assert exists(numbers_in(file)[0])
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=8)
    assert "deaf does not end by itself and is killed" in said
    assert not any(map(exists, numbers_in(file)))
