"""A do-not-call file is put in force row by row, every row counted, and twice does nothing twice."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import redis

from dialer.clock import utc_now
from dialer.errors import CannotKeep, Refused
from dialer.files.outcome import FaultKind, RowEnd
from dialer.objections.import_file import import_objections
from dialer.objections.record import Desk
from dialer.objections.record_all import BatchDesk, record_all
from dialer.objections.saying import Recorded, Saying
from dialer.sandbox.demo.do_not_call import export_rows
from dialer.store.configuration import ConfigurationStore
from dialer.store.objection_batches import ObjectionBatches
from dialer.store.objections import ObjectionStore
from dialer.store.records import RecordStore
from dialer.store.safety import Safety
from tests.objections.files import order, written

Keep = Callable[[Sequence[Saying]], Sequence[Recorded]]


@pytest.fixture
def keep(redis_client: "redis.Redis") -> Keep:
    safety = Safety(clock=utc_now, trusted=False)
    desk = Desk(
        objections=ObjectionStore(redis_client, safety),
        configurations=ConfigurationStore(redis_client),
        ring=lambda destinations: None,
        clock=utc_now,
    )
    parts = BatchDesk(batches=ObjectionBatches(redis_client, safety), desk=desk)
    return lambda sayings: record_all(sayings, parts)


def test_a_vicidial_export_is_in_force_and_its_troubles_are_counted(
    redis_client: "redis.Redis", keep: Keep, tmp_path: Path
) -> None:
    path = written(tmp_path, "\r\n".join(export_rows()) + "\r\n")
    imported = import_objections(path, order(), keep)
    tally = imported.tally
    assert (tally.rows, tally.ends[RowEnd.ACCEPTED], tally.ends[RowEnd.REJECTED]) == (33, 30, 3)
    assert tally.faults == {FaultKind.WILDCARD: 1, FaultKind.MASKED: 1, FaultKind.SCIENTIFIC: 1}
    assert (tally.undated_records, len(imported.sha256)) == (30, 64)
    (objection,) = RecordStore(redis_client).of_line("+441174960400").objections
    assert (objection.principal, objection.source) == ("alder", "import")
    assert objection.effective_at == objection.recorded_at


def test_each_row_keeps_its_own_time(redis_client: "redis.Redis", keep: Keep, tmp_path: Path) -> None:
    path = written(tmp_path, "phone_number,action,action_date\n447700900123,add,2024-11-12 15:40:14\n")
    import_objections(path, order(), keep)
    (objection,) = RecordStore(redis_client).of_line("+447700900123").objections
    assert objection.effective_at is not None
    assert objection.effective_at.isoformat() == "2024-11-12T15:40:14+00:00"
    assert objection.recorded_at is not None
    assert objection.recorded_at > objection.effective_at


def test_the_same_file_again_keeps_nothing_twice(
    redis_client: "redis.Redis", keep: Keep, tmp_path: Path
) -> None:
    path = written(tmp_path, "phone_number\n07700900123\n447700900123\n020 7946 0123\n")
    first = import_objections(path, order(), keep).tally
    again = import_objections(path, order(), keep).tally
    assert (first.records, first.repeated_records) == (3, 1)
    assert (again.ends[RowEnd.REPEATED], again.repeated_records) == (3, 3)
    assert len(RecordStore(redis_client).of_line("+447700900123").objections) == 1


def test_the_same_number_refuses_two_principals_apart(
    redis_client: "redis.Redis", keep: Keep, tmp_path: Path
) -> None:
    path = written(tmp_path, "phone_number\n07700900123\n")
    for whose in (order(), order(principal="birch"), order(principal=None, operator="beck")):
        assert import_objections(path, whose, keep).tally.repeated_records == 0
    held = RecordStore(redis_client).of_line("+447700900123").objections
    assert {(one.principal, one.operator) for one in held} == {
        ("alder", None),
        ("birch", None),
        (None, "beck"),
    }


def test_a_dry_run_counts_and_keeps_nothing(redis_client: "redis.Redis", keep: Keep, tmp_path: Path) -> None:
    path = written(tmp_path, "phone_number\n07700900123\nXXXX0123\n")
    imported = import_objections(path, order(), keep, dry_run=True)
    assert (imported.tally.records, imported.tally.ends[RowEnd.REJECTED]) == (1, 1)
    assert redis_client.dbsize() == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("phone_number\nXXXX0123\nXXXX0124\n", "none of its 2 rows can be read; the first is line 2"),
        ("phone_number\n", "no row"),
        ("contact_point,colour\n07700900123,red\n", "not ours: colour"),
    ],
)
def test_a_file_in_which_nothing_can_be_read_is_refused(
    redis_client: "redis.Redis", keep: Keep, tmp_path: Path, content: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        import_objections(written(tmp_path, content), order(), keep)
    assert redis_client.dbsize() == 0


def test_an_import_that_ends_half_way_is_finished_by_running_it_again(
    redis_client: "redis.Redis", keep: Keep, tmp_path: Path
) -> None:
    path = written(tmp_path, "phone_number\n" + "".join(f"020794600{n:02}\n" for n in range(40)))
    kept: list[Recorded] = []

    def fails_half_way(sayings: Sequence[Saying]) -> Sequence[Recorded]:
        kept.extend(keep(sayings[:20]))
        raise CannotKeep("the store is away")

    with pytest.raises(CannotKeep):
        import_objections(path, order(), fails_half_way)
    tally = import_objections(path, order(), keep).tally
    assert (tally.rows, tally.records) == (40, 40)
    assert 0 < tally.repeated_records <= 20
    assert all(RecordStore(redis_client).of_line(f"+44207946{n:04}").objections for n in range(40))
