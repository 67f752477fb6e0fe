"""An application to call and a stand-in that calls it, fresh for each test."""

from collections.abc import Iterator

import pytest
from twilio.rest import Client

from tests.doubles.application import Application, running_application
from tests.doubles.standin import StandIn, running_standin


@pytest.fixture
def application() -> Iterator[Application]:
    with running_application() as running:
        yield running


@pytest.fixture
def standin(application: Application) -> Iterator[StandIn]:
    with running_standin(application.url) as running:
        yield running


@pytest.fixture
def client(standin: StandIn) -> Client:
    made = Client(standin.account.sid, standin.account.auth_token)
    made.api.base_url = standin.url
    return made
