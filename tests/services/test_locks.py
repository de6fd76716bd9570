"""Names are locked until the transaction ends, and two that want the same wait for one another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from inventory.services import locks
from tests.world import make_organisation


@pytest.mark.django_db(transaction=True)
def test_a_name_that_somebody_holds_is_not_free_and_another_organisations_is():
    home, away = make_organisation("home"), make_organisation("away")
    held, done = Event(), Event()

    def hold():
        try:
            with transaction.atomic():
                locks.hold(home, ["dataset:1", "dataset:2"])
                held.set()
                done.wait(timeout=30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(hold)
        assert held.wait(timeout=30)
        with transaction.atomic():
            assert not locks.hold_if_free(home, ["dataset:2", "dataset:3"])
            assert locks.hold_if_free(home, ["dataset:3"])
            assert locks.hold_if_free(away, ["dataset:1"])
            assert locks.hold_if_free(home, [])
        done.set()
        other.result(timeout=30)
    with transaction.atomic():
        assert locks.hold_if_free(home, ["dataset:1"])
