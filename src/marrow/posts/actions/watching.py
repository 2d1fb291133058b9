"""Check-ins, and the ladder that is climbed while nobody is heard.

Each rung is a job of its own, queued with the word that it waits after. A worker that was killed
leaves its job to the next; the rung itself is a row that can be written once only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.jobs import cancel, enqueue
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_numbers
from marrow.people.models import Person
from marrow.posts import access
from marrow.posts.actions.calls import call_for_help, end_calls
from marrow.posts.models import CheckIn, Rung, Watch
from marrow.posts.queries import silence_of
from marrow.posts.rules.silence import STEPS, Ladder, due_at, whole_hours
from marrow.posts.rules.telephones import MOST, no_number, numbers_of
from marrow.sources.actions import open_work, tell_anew
from marrow.sources.models import WorkItem
from marrow.teams.access import forms
from marrow.teams.actions.stages import FOLLOWS
from marrow.teams.away import is_away

CHECK_IN = Act("check_in", gettext_lazy("Checked in"), undo=NEVER)
CALLED_ANEW = Act(
    "tell_whom_to_call", gettext_lazy("Told in open work whom to call now"), undo=NEVER
)
WATCH = Act("keep_watch", gettext_lazy("Set how long a team may be silent"))
CLIMB = Act("climb", gettext_lazy("Told of a silence"), undo=NEVER)
JOB = "post-silence"
SILENT = "POST_SILENT_"
AGAIN = dt.timedelta(days=1)
ON_POST = (Mission.Status.ON_POST, Mission.Status.EXTENDED, Mission.Status.HANDING_OVER)
#: who acts at each rung; at the last, somebody near the team is asked to look for them
WHO_ACTS = {1: ("leader",), 2: ("office",), 3: ("office", "head")}


def check_in(
    *, mission: UUID, state: str, by: Viewer, at: dt.datetime, site: UUID | None = None,
    note: str = "", whole_team: bool = False, person: UUID | None = None,
) -> CheckIn:  # fmt: skip
    """Say that one is safe or needs help. A leader may speak for all whom they have heard; an
    office enters whom it heard on the telephone. Who called for help ends that by saying that
    they are safe, with a few words where the call was a mistake.
    """
    if state == CheckIn.State.SAFE:  # a call for help is taken whatever its words
        prove_no_numbers(note)
    said = CheckIn(id=uuid4(), said_at=at, state=state, note=note, site_id=site)
    said.whole_team = whole_team
    return _say(said, mission, person, by, at, None)


def bring_word(
    *, mission: UUID, said: CheckIn, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> CheckIn:
    """The same of oneself, kept on a phone until there was a network. It was said at `said_at`,
    so it ends no silence that began after."""
    said.said_at = min(said.said_at, at)
    return _say(said, mission, None, by, at, origin)


def _say(
    said: CheckIn, mission: UUID, person: UUID | None, by: Viewer, at: dt.datetime,
    origin: Origin | None,
) -> CheckIn:  # fmt: skip
    row = access.mission_to_tell_of(by, mission)
    if not is_away(row):
        raise Refused(_("This team is not away: nobody waits for news."))
    if said.state not in CheckIn.State.values:
        raise Refused(_("Say whether you are safe or need help."))
    who = _who_speaks(row, person, by)
    if said.whole_team and not access.looks_after(by, row):
        raise Refused(_("Only the leader or the office speaks for the whole team."))
    said.mission, said.person, said.note = row, who, said.note.strip()[:200]
    said.site = access.site_of(row, said.site_id)
    said.whole_team = said.whole_team and said.state == CheckIn.State.SAFE
    said.by_office = who.account is None or who.account != by.person
    with journal(CHECK_IN, by=by, at=at, scope=f"mission:{row.pk}", origin=origin) as page:
        watch = _running(page, row, at)
        before = silence_of(watch)
        page.save(said)
        _heard(page, watch, before, by, at)
        if said.state == CheckIn.State.NEEDS_HELP:
            call_for_help(page, said, watch)
        else:
            end_calls(page, said, watch, by, at)
    return said


def _who_speaks(mission: Mission, person: UUID | None, by: Viewer) -> Person:
    me = access.me_on_post(by, mission)
    if me and person in (None, me.pk):
        return me
    if not forms(by, mission):
        raise Refused(_("One says this of oneself; the office enters whom it heard."))
    heard = access.serving(mission).filter(person=person).first()
    if heard is None:
        raise Refused(_("Say whom of the team you heard."))
    return heard.person


def _running(page: Page, mission: Mission, at: dt.datetime) -> Watch:
    """The watch of the mission, locked; one that was not there begins now."""
    watch = Watch.objects.select_for_update().filter(mission=mission).first()
    if watch and not watch.stopped_at:
        return watch
    return _begin(page, mission, watch, at)


def _begin(page: Page, mission: Mission, watch: Watch | None, at: dt.datetime) -> Watch:
    watch = watch or Watch(id=same_id("watch", mission.pk), mission=mission)
    watch.started_at, watch.stopped_at = at, None
    page.save(watch)
    wait_for_news(watch, silence_of(watch), at)
    return watch


def _heard(page: Page, watch: Watch, before: dt.datetime, by: Viewer, at: dt.datetime) -> None:
    """A word that ends the silence takes the ladder down; another one's silence may go on."""
    since = silence_of(watch)
    if since != before:
        _quieten(page, watch, by, at)
        wait_for_news(watch, since, at)


def _quieten(page: Page, watch: Watch, by: Viewer, at: dt.datetime) -> None:
    waiting = WorkItem.objects.filter(about=watch.pk, code__startswith=SILENT, done_at=None)
    for item in waiting:
        item.done_by, item.done_at = by.person, at
        page.save(item)


def wait_for_news(watch: Watch, since: dt.datetime, at: dt.datetime) -> None:
    """Queue a job for each rung after this word, in place of those of the word before."""
    for step in STEPS:
        key = f"{watch.pk}:{step}"
        cancel(JOB, key=key, at=at)
        when = due_at(since, watch.ladder, step)
        enqueue(
            JOB, key=key, at=at, not_before=when, watch=str(watch.pk), step=step,
            since=since.isoformat(),
        )  # fmt: skip


def _stop(page: Page, watch: Watch, by: Viewer, at: dt.datetime) -> None:
    watch.stopped_at = at
    page.save(watch)
    for step in STEPS:
        cancel(JOB, key=f"{watch.pk}:{step}", at=at)
    _quieten(page, watch, by, at)


def climb(*, watch: UUID, step: int, since: dt.datetime, by: Viewer, at: dt.datetime) -> bool:
    """Climb a rung of the ladder, if that silence lasts and nobody did; True when it was climbed.

    Called by the clock, perhaps twice; the second call finds the rung.
    """
    with journal(CLIMB, by=by, at=at) as page:
        row = access.watch_to_climb(by, watch)
        if row is None or row.stopped_at:
            return False
        page.scope = f"mission:{row.mission_id}"
        if not is_away(row.mission):  # suspended, and the last of them went home
            _stop(page, row, by, at)
            return False
        silence = silence_of(row)
        due = step not in STEPS or due_at(since, row.ladder, step) <= at
        if silence != since or not due:  # who serves has changed, or the hours
            wait_for_news(row, silence, at)
            return False
        if step not in STEPS:
            _look_again(row, since, at)
            return False
        if Rung.objects.filter(watch=row, silent_since=since, step=step).exists():
            return False
        page.save(Rung(id=uuid4(), watch=row, silent_since=since, step=step, climbed_at=at))
        open_work(page, _calls(row, step, since, at))
        if step == STEPS[-1]:
            _look_again(row, since, at)
    return True


def _look_again(watch: Watch, since: dt.datetime, at: dt.datetime) -> None:
    """All rungs are climbed: look once a day whether the silence is still the same one.

    Who was silent may leave the team; then another one's silence counts, and has a ladder.
    """
    enqueue(
        JOB, key=f"{watch.pk}:{at:%Y%m%d%H%M}", at=at, not_before=at + AGAIN,
        watch=str(watch.pk), step=len(STEPS) + 1, since=since.isoformat(),
    )  # fmt: skip


def _calls(watch: Watch, step: int, since: dt.datetime, at: dt.datetime) -> Iterable[WorkItem]:
    told = {
        "hours": str(whole_hours(since, at)), "since": f"{since:%Y-%m-%d %H:%M} UTC",
        **_whom_to_call(watch),
    }  # fmt: skip
    for role in WHO_ACTS[step]:
        code = f"{SILENT}{step}" if role != "head" else f"{SILENT}NEAR"
        key = f"silent:{watch.pk}:{int(since.timestamp())}:{step}:{role}"
        yield WorkItem(
            id=same_id("silent", key), key=key, code=code, about_model="posts.watch",
            about=watch.pk, params=told, role=role, opened_at=at, due_on=at.date(),
        )  # fmt: skip


def _whom_to_call(watch: Watch) -> dict[str, Names | str]:
    who = watch.in_each("contact")
    return {"contact": who or ("" if watch.telephone else "–"), "telephone": watch.telephone}


def keep_watch(
    *, mission: UUID, leader_after: int, office_after: int, last_after: int, by: Viewer,
    at: dt.datetime, contact: str = "", telephone: str = "",
) -> Watch:  # fmt: skip
    """Set after how many hours of silence who is told, and whom to call at the last."""
    row = access.mission_to_watch(by, mission)
    if not Ladder(leader_after, office_after, last_after).climbs:
        raise Refused(_("Each step comes later than the one before."))
    if not _waited_for(row):
        raise Refused(_("This team is not on post: nobody waits for news."))
    _prove_dialled(telephone)
    with journal(WATCH, by=by, at=at, scope=f"mission:{row.pk}") as page:
        watch = _running(page, row, at)
        watch.leader_after, watch.office_after = leader_after, office_after
        watch.last_after = last_after
        watch.say("contact", contact.strip()[:200])
        watch.telephone = ", ".join(numbers_of(telephone))
        page.save(watch)
        tell_anew(page, watch.pk, _whom_to_call(watch))
        wait_for_news(watch, silence_of(watch), at)
    return watch


def as_it_stands(watch: Watch, by: Viewer, at: dt.datetime) -> None:
    """What was taken back (a suspension, the hours, a number) sets the clock anew, and open work
    tells whom to call now."""
    with journal(CALLED_ANEW, by=by, at=at, scope=f"mission:{watch.mission_id}") as page:
        tell_anew(page, watch.pk, _whom_to_call(watch))
    wait_for_news(watch, silence_of(watch), at)


def _prove_dialled(telephone: str) -> None:
    """Each is a number that can be dialled as it is written."""
    if wrong := no_number(telephone):
        raise Refused(
            _(
                "“%(text)s” is no number that can be dialled: write its digits in one piece, as "
                "117, or with + and its country, as +224 620 00 00 01, and a comma between two "
                "numbers."
            )
            % {"text": wrong}
        )
    if len(numbers_of(telephone)) > MOST:
        raise Refused(_("At most three numbers."))


def follow_stage(page: Page, mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """A team that comes on post is waited for; one that is home is not. One that is suspended is
    waited for as it was, as long as anybody of it stands as serving."""
    watch = Watch.objects.select_for_update().filter(mission=mission).first()
    running = watch is not None and watch.stopped_at is None
    if mission.status in ON_POST and not running:
        _begin(page, mission, watch, at)
    elif watch and running and not _waited_for(mission):
        _stop(page, watch, by, at)


def _waited_for(mission: Mission) -> bool:
    suspended = mission.status == Mission.Status.SUSPENDED
    return mission.status in ON_POST or (suspended and is_away(mission))


FOLLOWS.append(follow_stage)
