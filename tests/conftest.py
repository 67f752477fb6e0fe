"""Servers shared by a worker's tests, emptied before each; and no test is skipped without its reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.lines import Line, line_to
from tests.servers import (
    RunningServer,
    dead_url,
    evicting_server,
    forgetful_server,
    read_only_replica,
    running_server,
    short_folder,
)

pytest_plugins = ["tests.skips"]


@pytest.fixture(scope="session")
def shared_server() -> Iterator[RunningServer]:
    """One server for all tests of an xdist worker, as the house runs it."""
    with running_server() as server:
        yield server


@pytest.fixture
def redis_client(shared_server: RunningServer) -> Iterator["redis.Redis"]:
    """A client of the shared server, on an empty data set and without cached scripts."""
    with redis.Redis(unix_socket_path=str(shared_server.socket_path)) as client:
        client.flushall()
        client.script_flush()
        yield client


@pytest.fixture
def redis_url(redis_client: "redis.Redis", shared_server: RunningServer) -> str:
    """The address of the shared server, emptied."""
    return shared_server.url


@pytest.fixture
def own_server() -> Iterator[RunningServer]:
    """A server of this test alone, which it may stop, kill and start again."""
    with running_server() as server:
        yield server


@pytest.fixture
def line(redis_client: "redis.Redis", shared_server: RunningServer) -> Iterator[Line]:
    """A line to the shared, emptied server that the test can make slow or cut."""
    with line_to(shared_server) as between:
        yield between


@pytest.fixture(scope="session")
def forgetful_redis() -> Iterator[RunningServer]:
    """A server without an append-only file."""
    with forgetful_server() as server:
        yield server


@pytest.fixture(scope="session")
def evicting_redis() -> Iterator[RunningServer]:
    """A server that may evict records."""
    with evicting_server() as server:
        yield server


@pytest.fixture(scope="session")
def read_only_redis() -> Iterator[RunningServer]:
    """A replica, which refuses every write."""
    with read_only_replica() as server:
        yield server


@pytest.fixture
def dead_redis_url() -> Iterator[str]:
    """An address where nobody listens."""
    with short_folder() as folder:
        yield dead_url(folder)


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """An empty folder to serve as RINGFENCE_DATA_DIR."""
    with short_folder() as folder:
        yield folder / "data"
