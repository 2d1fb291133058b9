"""What every test stands on: a world of a few places, and personas."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import translation
from hypothesis import settings as trying
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from marrow.accounts.models import Account
from marrow.directory.models import Area
from tests import builders, flushing, migrated
from tests.builders.calling import a_token, bearing
from tests.builders.kept import once

# an example may take long on a machine that does much else: no test is about time
trying.register_profile("marrow", deadline=None)
trying.load_profile("marrow")


#: files whose tests stand on something that takes long to fill: each is played in one process
IN_ONE_PROCESS = ("tests/acceptance/test_the_demonstration.py",)

#: what takes about a minute begins first: else one process ends with it while the others wait
LONGEST = (
    "test_the_table_of_doors_is_what_people_meet",
    "test_guineas_31st_team_from_the_call_to_the_archive",
    "test_linquans_oncology_from_patients_leave_to_the_local_team_teaches",
    "test_axe_finds_nothing_on_any_screen_in_any_language_and_theme",
    "test_guineas_neurosurgery_handed_from_batch_to_batch_and_still_done_a_year_later",
    "test_axe_finds_nothing_and_no_page_is_wider_than_the_screen",
)


class ByTest(LoadScopeScheduling):  # type: ignore[misc]
    """Tests are handed out one by one, but for files that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in IN_ONE_PROCESS else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByTest:
    return ByTest(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test about one database is no part of a run on the other; the longest come first."""
    here = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1].removesuffix("3")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[here]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = sorted((item for item in items if item not in left_out), key=_in_turn)


def _in_turn(item: pytest.Item) -> int:
    name = item.name.partition("[")[0]
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_collection_finish() -> None:
    """What was loaded stays to the end: it is not looked through again and again for what went."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Databases of tests begin as copies of one that is migrated."""
    base = connections["default"]
    if base.vendor == "postgresql":
        base.settings_dict["TEST"]["TEMPLATE"] = migrated.a_template()
        with flushing.of_what_holds_rows():
            yield
    else:
        with flushing.of_what_holds_rows(), closing(migrated.in_memory()):
            yield


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page in French, asked by the test before, leaves its language to the thread."""
    translation.activate("en")


@pytest.fixture
def places(db: None) -> dict[str, Area]:
    """China with Beijing and Lankao, Guinea, Vanuatu, Zambia: by code."""
    return once("places", builders.a_few_places)


@pytest.fixture
def people(places: dict[str, Area]) -> dict[str, Account]:
    """One account a role, named by the role."""
    return once("people", lambda: builders.personas(places["CN"]))


class Each(Mapping[str, Client]):
    """A client for a stranger and for each role, made when it is first asked for: to sign all in
    takes longer than most tests do."""

    def __init__(self, people: dict[str, Account], made: Callable[[Account], Client]) -> None:
        self._people, self._made = people, made
        self._clients = {"stranger": Client()}

    def __getitem__(self, role: str) -> Client:
        if role not in self._clients:
            self._clients[role] = self._made(self._people[role])
        return self._clients[role]

    def __iter__(self) -> Iterator[str]:
        return iter(("stranger", *self._people))

    def __len__(self) -> int:
        return 1 + len(self._people)


@pytest.fixture
def signed_in(people: dict[str, Account]) -> Each:
    """A browser session for each role, and one for a stranger; the administrator in staff mode."""

    def enters(account: Account) -> Client:
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        if account == people["admin"]:
            builders.in_staff_mode(client)
        return client

    return Each(people, enters)


@pytest.fixture
def calling(people: dict[str, Account]) -> Each:
    """A program with a token that changes, for each role, and one without any."""
    return Each(people, lambda account: bearing(a_token(account)[1]))
