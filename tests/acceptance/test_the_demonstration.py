"""Nothing that a page of the demonstration offers ends in a refusal, whoever reads it; there is
something of everything to read; and its journal gives every table again.

It takes long to fill: `tests/conftest.py` keeps this file in one process.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.models import Report
from marrow.capacity.models import Step
from marrow.catalogue.models import List, ListMember
from marrow.core.journal.folding import fold, journalled_models, rebuild, table
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.core.subjects import SUBJECTS, changeable
from marrow.need.models import Need
from marrow.plan.models import PlannedSeat, Scenario
from marrow.plan.queries import spent_of
from marrow.sources.models import Fact
from tests.builders import SHARED

STRANGER = "stranger"
PERSONAS = (
    STRANGER, "demo-member", "demo-leader", "demo-recipient", "demo-head", "demo-specialist",
    "demo-unit", "demo-office", "demo-auditor", "demo-admin",
)  # fmt: skip
SOME = ("demo-member", "demo-leader", "demo-unit")  # whose ways are the narrowest
SAMPLE = 4  # pages of one door that each persona opens
LINKS = ("href", "hx-get", "data-options", "data-href")
LEFT_OUT = ("/static/", "/sign-out/", "/i18n/", "/api/v1/")


class Offers(HTMLParser):
    """What a page offers: addresses to read, and addresses that its forms would change."""

    def __init__(self, html: str, page: str) -> None:
        super().__init__()
        self.page = page
        self.links: list[str] = []
        self.posts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.posts.append(self._whole(given.get("action", "")))
        if tag != "link":
            self.links += [self._whole(given[name]) for name in LINKS if given.get(name)]
        for name in ("formaction", "hx-post"):
            if given.get(name):
                self.posts.append(self._whole(given[name]))

    def _whole(self, where: str) -> str:
        return urldefrag(urljoin("http://testserver" + self.page, where)).url


def _door(address: str) -> str:
    """The pattern of the address; itself where nothing is behind it."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return address


def _here(addresses: list[str]) -> list[str]:
    inside = [a.removeprefix("http://testserver") for a in addresses]
    return [a for a in inside if a.startswith("/") and not a.startswith(LEFT_OUT)]


#: how many questions the pages ask that ask the database more than thirty. What a publication
#: would do rests on all that the planner reads; a journal is of many kinds of records, each of
#: which its own room names and shows to whom it may be: their number counts, not the lines'
ASK_MORE = {
    "plan/<uuid:scenario>/publish/": 45, "journal/": 90, "journal/undo/<uuid:act>/": 60,
    "settings/sessions/": 60,  # whether each still holds is asked of each
}  # fmt: skip


class Asked:
    """Counts what the database is asked, without end: the list that Django keeps has one."""

    count = 0

    def __call__(self, ask: Callable[..., Any], *told: Any) -> Any:
        self.count += 1
        return ask(*told)


def refusals(client: Client, sample: int) -> list[str]:
    """`status page -> link` of each offer that the walk from the first page meets refused, and
    `questions page` of each page that asks the database more than thirty.

    A form is not sent: what is refused to a look with GET for want of a right is refused to it too.
    """
    found, seen, opened = [], {"/"}, Counter[str]()
    waiting = deque([("/", "/")])
    while waiting:
        page, address = waiting.popleft()
        door = _door(address)
        if opened[door] >= sample:
            continue
        opened[door] += 1
        asked = Asked()
        with connection.execute_wrapper(asked):
            answer = client.get(address)
        if answer.status_code >= 400 and answer.status_code != 405:
            found.append(f"{answer.status_code} {page} -> {address}")
            continue
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        if asked.count > ASK_MORE.get(door, 30):
            found.append(f"{asked.count} questions {address}")
        offers = Offers(answer.content.decode(), address.split("?")[0])
        for link in _here(offers.links + offers.posts):
            if link not in seen:
                seen.add(link)
                waiting.append((address, link))
        if answer.status_code in (301, 302):
            waiting.append((page, urljoin(address, answer["Location"])))
    return found


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration, filled once for all these tests and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


#: of these the demonstration has none, and why
NONE_IS_THERE = {
    "directory.identifier": "a number of a register is none where it is made up",
    "catalogue.codelist": "a list of codes is a file that its owner brings in",
    "missions.teamrecord": "records of real teams are a file that is brought in",
    "activity.picture": "a photograph comes from a phone that was on post",
    "consults.promised": "a photograph comes from a phone that was on post",
    "briefs.briefpicture": "no photograph has come for a brief to show",
    "accounts.token": "a secret that nobody would hold",
    "posts.rung": "the worker's clock climbs them while the demonstration runs",
    "core.backup": "made of this machine by who operates it",
    "core.drill": "made of this machine by who operates it",
}


@pytest.mark.django_db
def test_the_demonstration_has_something_of_everything(world: None) -> None:
    """Each kind of record with a page has a row; an exception that has one is none any more."""
    empty = {label for label, told in SUBJECTS.items() if not told.model._base_manager.exists()}
    assert empty == set(NONE_IS_THERE)


@pytest.mark.django_db
def test_the_map_has_a_ring_for_each_invented_place_with_a_list(world: None) -> None:
    shown = Client(headers={"accept-language": "en"}).get("/map/").content.decode()
    for place in ("North Testland (invented)", "Test County (invented)"):
        told = shown.split(f">{place}</a>")[1].split("</li>")[0]
        assert re.search(r"Treated by locals alone: \d+ of \d+ listed", told)


@pytest.mark.django_db
def test_the_plan_of_the_demonstration_sends_people_for_confirmed_needs(world: None) -> None:
    plan = Scenario.objects.get(copied_from=None)
    asked = PlannedSeat.objects.filter(team__scenario=plan).exclude(need=None)
    assert asked.exclude(placing=None).count() >= 2
    team = asked.order_by("code")[0].team.code
    page = signed_in_as("demo-office").get(f"/plan/{plan.pk}/?team={team}").content.decode()
    assert "Answers a need of Test County Hospital (invented)" in page


@pytest.mark.django_db
def test_the_budget_of_the_demonstration_is_of_those_who_send(world: None) -> None:
    """What the people of the plan cost counts for it, so that it can bite."""
    plan = Scenario.objects.get(copied_from=None)
    spent = spent_of(plan)
    assert {str(one.row.area) for one in spent} == {"Test Province (invented)"}
    assert any(one.spent > one.row.amount / 2 for one in spent)
    assert all(one.left >= 0 for one in spent)


@pytest.mark.django_db
def test_the_month_that_was_sent_back_for_want_of_the_maternity_has_no_deliveries(
    world: None,
) -> None:
    (row,) = Report.objects.filter(state="RETURNED")
    told = set(row.counts.values_list("indicator__words", flat=True))
    assert "VISIT" in told
    assert "DELIVERY" not in told


@pytest.mark.django_db
def test_the_plans_of_the_demonstration_stand_side_by_side_with_all_their_figures(
    world: None,
) -> None:
    """None stands as changed since it was solved, and the drop-out is mended in its copy."""
    office, plans = signed_in_as("demo-office"), list(Scenario.objects.all())
    assert len(plans) == 3
    assert "changed since it was solved" not in office.get("/plan/").content.decode()
    for plan in plans:
        shown = office.get(f"/plan/{plan.pk}/").content.decode().split('id="beside"')[1]
        assert shown.count('<div class="card">') == 3
        assert "changed since it was solved" not in shown
        assert "not reckoned" not in shown


@pytest.mark.django_db
def test_what_a_hospital_told_late_was_not_known_then(world: None) -> None:
    """Of a day of last year, what is known now is more than what was known on that day."""
    day = timezone.localdate() - dt.timedelta(days=600)
    at = f"/care/list/test-region-serious/?on={day}"
    now, then = (signed_in_as(STRANGER).get(a).content.decode() for a in (at, f"{at}&known={day}"))
    assert alone(now) > alone(then) > 0


def alone(page: str) -> int:
    """How many items locals alone treat, as the page of a list says it."""
    found = re.search(r">(\d+) by locals alone</a>", page)
    assert found, "the figure stands on the page"
    return int(found[1])


def signed_in_as(persona: str) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if persona != STRANGER:
        client.force_login(
            Account.objects.get(username=persona),
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return client


def walked(persona: str, sample: int) -> str:
    return "\n".join(refusals(signed_in_as(persona), sample))


@pytest.mark.django_db
def test_who_only_reads_can_take_nothing_back(world: None) -> None:
    """Of what the office keeps; not of what an auditor says of their own letters."""
    auditor = viewer_of(Account.objects.get(username="demo-auditor"))
    for label, told in SUBJECTS.items():
        some = told.model._base_manager.values_list("pk", flat=True)[:20]
        assert not changeable(auditor, {(label, pk) for pk in some}), label


@pytest.mark.parametrize("persona", SOME)
@pytest.mark.django_db
def test_no_link_is_refused_and_no_page_asks_too_much_for_whom_ways_are_narrow(
    world: None, persona: str
) -> None:
    assert walked(persona, 1) == ""


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p != STRANGER])
@pytest.mark.django_db
def test_today_asks_at_most_thirty_questions(world: None, persona: str) -> None:
    client = signed_in_as(persona)
    client.get("/teams/")  # a session's first page writes that it began
    for page in ("/desk/", "/teams/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        assert len(asked) <= 30, page


def questions_of(persona: str, page: str) -> int:
    client = signed_in_as(persona)
    client.get("/desk/")  # a session's first page writes that it began
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("persona", ["demo-recipient", "demo-head"])
@pytest.mark.django_db
def test_a_hospitals_home_asks_at_most_thirty_questions(world: None, persona: str) -> None:
    homes = signed_in_as(persona).get("/hospital/")
    assert questions_of(persona, homes.headers["Location"]) <= 30


@pytest.mark.parametrize("persona", ["demo-recipient", "demo-head", "demo-office", "demo-auditor"])
@pytest.mark.django_db
def test_agreement_work_asks_at_most_thirty_questions(world: None, persona: str) -> None:
    assert questions_of(persona, "/agreements/of/demonstration/") <= 30


def pages_that_gather() -> list[str]:
    """The pages that tell most at once: what hospitals can do, what places lack and where they
    lie."""
    hospitals = set(Step.objects.order_by().values_list("organisation", flat=True))
    keys = List.objects.filter(key__startswith="test-").values_list("key", flat=True)
    listed = ListMember.objects.filter(version__list__key__in=keys).order_by("pk")
    items = listed.values_list("version__list__key", "item__key")
    needs = Need.objects.order_by("identified_at").values_list("pk", flat=True)
    return [
        *("/care/", "/care/mine/", "/need/", "/need/of/XT-C/", "/directory/places/XT-C/"),
        *(f"/care/at/{pk}/" for pk in hospitals),
        *(f"/{room}/{key}/" for room in ("care/list", "need") for key in keys),
        *(f"/care/list/{key}/item/{item}/" for key, item in items[:: len(items) // 4 or 1]),
        *(f"/need/one/{pk}/" for pk in needs[:4]),
    ]


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p != "demo-admin"])  # sets a code first
@pytest.mark.django_db
def test_no_page_that_gathers_asks_more_than_thirty_questions(world: None, persona: str) -> None:
    client = signed_in_as(persona)
    client.get("/care/")  # a session's first page writes that it began
    shown, heavy = 0, []
    for page in pages_that_gather():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        if answer.status_code == 200:
            shown += 1
            heavy += [(page, len(asked))] if len(asked) > 30 else []
    assert heavy == []
    assert shown > 8


@pytest.mark.long
@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.django_db
def test_no_link_of_the_demonstration_is_refused_and_no_page_asks_too_much(
    world: None, persona: str
) -> None:
    assert walked(persona, SAMPLE) == ""


@pytest.mark.long
@pytest.mark.parametrize("persona", ["demo-office", "demo-auditor"])
@pytest.mark.django_db
def test_every_kind_of_record_has_a_history_its_acts_and_a_page_to_take_them_back(
    world: None, persona: str
) -> None:
    """Of one record of each kind, and of all of a plan: whoever may not look is told so."""
    client, failed = signed_in_as(persona), []
    for label, told in SUBJECTS.items():
        rows = told.model._base_manager.all()[: 4 if label.startswith("plan.") else 1]
        for row in rows:
            lines = Operation.objects.filter(model=label, record=row.pk).order_by("-id")
            act = lines.values_list("act", flat=True).first()
            pages = [f"/history/{label}/{row.pk}/"]
            pages += [f"/journal/acts/{act}/", f"/journal/undo/{act}/"] if act else []
            failed += [page for page in pages if client.get(page).status_code >= 500]
    assert failed == []


RECORDS = SHARED / "data/medical_teams/team_records_16_countries.csv"


@pytest.mark.django_db
def test_the_journal_of_the_whole_demonstration_gives_every_table_again(world: None) -> None:
    if RECORDS.exists():
        call_command("import", "teams", str(RECORDS), "--quiet", stdout=io.StringIO())
    models = journalled_models()
    before = {model: table(model) for model in models}
    for model in models:
        assert fold(model) == before[model], model
    assert Fact.objects.exists()
    for model in models:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    for model in models:
        rebuild(model)
    assert {model: table(model) for model in models} == before
    assert not verify().broken
