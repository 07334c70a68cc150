"""Servers behind DATABASE_URL that are refused at the first connection."""

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest

from importadmin.database import connect
from importadmin.db_backend.fitness import refuse_old, refuse_transaction_pool, refuse_unfit
from importadmin.servers import ServerProblem

pytestmark = pytest.mark.django_db(transaction=True)
Connection = psycopg.Connection[Any]


@pytest.fixture
def first() -> Iterator[Connection]:
    with connect() as connection:
        yield connection


@pytest.fixture
def second() -> Iterator[Connection]:
    with connect() as connection:
        yield connection


def test_two_sessions_of_their_own_are_accepted(first: Connection, second: Connection) -> None:
    refuse_transaction_pool(first, second)


def test_no_transaction_is_left_open(first: Connection) -> None:
    refuse_unfit(first, connect)

    assert first.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_two_sessions_that_share_a_process_are_refused(first: Connection) -> None:
    with pytest.raises(ServerProblem, match="DATABASE_URL goes through a pooler in transaction mode"):
        refuse_transaction_pool(first, first)


def test_a_session_that_moves_to_another_process_is_refused(first: Connection, second: Connection) -> None:
    class Moving:
        """As seen through a pooler: while another client holds a transaction, we are served by somebody else."""

        info, autocommit = first.info, True
        turns = [first, second]

        def execute(self, query: str) -> Any:
            return self.turns.pop(0).execute(query)

    with connect() as beside, pytest.raises(ServerProblem, match="changed within one session"):
        refuse_transaction_pool(cast(Connection, Moving()), beside)


@pytest.mark.parametrize("version", [90624, 130012, 140000])
def test_an_old_postgresql_is_refused(version: int) -> None:
    with pytest.raises(ServerProblem, match="but 15 or newer is needed: upgrade it"):
        refuse_old(version)


@pytest.mark.parametrize("version", [150000, 160004, 180006])
def test_a_new_enough_postgresql_is_accepted(version: int) -> None:
    refuse_old(version)
