"""Files and functions stay small enough to be read whole (house.md section 3: cap the tail)."""

from tests.house.sources import ALL, CODE, ROOT, Function, Source, length, sources

FILE_LINES = 200
FUNCTION_LINES = 50
VIEW_LINES = 12
TASK_LINES = 10
TEST_LINES = 40
LUA_LINES = 60
VIEW_DECORATORS = {"get", "post", "put", "delete", "patch", "route"}


def is_view(function: Function) -> bool:
    return any(
        getattr(getattr(decorator, "func", decorator), "attr", "") in VIEW_DECORATORS
        for decorator in function.decorator_list
    )


def too_long(source: Source, cap: int) -> list[str]:
    return [
        f"{source.name}:{f.lineno} {f.name} has {length(f)} lines"
        for f in source.functions()
        if length(f) > cap
    ]


def test_no_file_is_longer_than_200_lines() -> None:
    long = [(s.name, n) for s in sources(*ALL) if (n := s.text.count("\n")) > FILE_LINES]
    assert long == []


def test_no_function_is_longer_than_50_lines() -> None:
    assert [fault for source in sources(*CODE) for fault in too_long(source, FUNCTION_LINES)] == []


def test_no_test_is_longer_than_a_screen() -> None:
    assert [fault for source in sources("tests") for fault in too_long(source, TEST_LINES)] == []


def test_a_view_only_reads_asks_and_answers() -> None:
    views = [(s, f) for s in sources("dialer/web") for f in s.functions() if is_view(f)]
    assert [f"{s.name}:{f.lineno} {f.name}" for s, f in views if length(f) > VIEW_LINES] == []


def test_a_task_only_calls_its_use_case() -> None:
    tasks = [(s, f) for s in sources("workers") if s.name == "workers/tasks.py" for f in s.functions()]
    assert [f"{s.name}:{f.lineno} {f.name}" for s, f in tasks if length(f) > TASK_LINES] == []


def test_no_script_is_longer_than_60_lines() -> None:
    scripts = sorted((ROOT / "dialer").rglob("*.lua"))
    assert [path.name for path in scripts if path.read_text().count("\n") > LUA_LINES] == []
