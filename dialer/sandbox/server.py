"""`serve`: the stand-in in this process, with its REST doors and its own."""

from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType

from dialer.errors import RingfenceError
from dialer.sandbox.account import refuse_a_live_folder, refuse_real_credentials
from dialer.sandbox.doors import control
from dialer.sandbox.local_server import LocalServer
from dialer.sandbox.rest import doors as rest
from dialer.sandbox.routing import Answer, Request, Route, find, missing, refused
from dialer.sandbox.setup import Setup
from dialer.sandbox.world import World


def serve(setup: Setup, *, port: int = 0, environment: Mapping[str, str]) -> "Sandbox":
    """Start a stand-in in this process and return it; port 0 takes a free one.

    Raises `Misconfigured`, naming the setting, if `environment` holds real credentials or a live folder.
    """
    refuse_real_credentials(environment, setup.account)
    refuse_a_live_folder(environment)
    return Sandbox(World(setup), port)


class Sandbox:
    """A running stand-in; a context manager, or `close()` it."""

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        routes = (*rest.routes(world), *control.routes(world))
        self._server = LocalServer(lambda request: dispatch(world, routes, request), port)
        self.port, self.url = self._server.port, self._server.url
        # Recordings name the stand-in itself as the place to fetch them from.
        world.base_url = self.url

    def close(self) -> bool:
        """End all calls and stop; tell whether every thread ended."""
        self._server.stop_taking()
        calls_ended = self.world.close()
        return self._server.close() and calls_ended

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def dispatch(world: World, routes: tuple[Route, ...], request: Request) -> Answer:
    """Return the answer to one request; every error of ours becomes the door's own shape."""
    is_rest = request.path.startswith(rest.PREFIX)
    handler, parts, exists = find(routes, request.method, request.path)
    try:
        if is_rest:
            rest.check(world, request, parts.get("account", world.setup.account.sid))
        if handler is None:
            return rest.missing(request, path_exists=exists) if is_rest else missing(exists)
        return handler(replace(request, parts=parts))
    except RingfenceError as error:
        return rest.refused(request, error) if is_rest else refused(error)
