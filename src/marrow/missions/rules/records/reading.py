"""One row of the file made a reading: what it tells, in whose words, and what it leaves open."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from marrow.missions.rules.records.calls import VOYAGES, read_calls
from marrow.missions.rules.records.columns import Cells, read_columns, read_event
from marrow.missions.rules.records.countries import COUNTRY, countries_in, is_called, recipient_of
from marrow.missions.rules.records.dates import dates_in
from marrow.missions.rules.records.events import EVENTS, event_field, read_day
from marrow.missions.rules.records.finds import Findings
from marrow.missions.rules.records.kinds import kind_of, may_have_gone, track_of
from marrow.missions.rules.records.naming import TEAM, named_teams
from marrow.missions.rules.records.outcomes import read_outcomes
from marrow.missions.rules.records.prose import (
    ELSEWHERE,
    LONGEST_CELL,
    LONGEST_QUOTE,
    OWN,
    Sentence,
    blanked,
    sentences,
)
from marrow.missions.rules.records.remarks import read_remarks
from marrow.missions.rules.records.senders import read_sender
from marrow.missions.rules.records.series import (
    own_number,
    read_ordinal,
    read_series,
    tells_of_many,
)
from marrow.missions.rules.records.sites import read_sites
from marrow.missions.rules.records.sizes import read_size
from marrow.missions.rules.records.terms import read_term
from marrow.missions.rules.records.times import read_times
from marrow.missions.rules.records.told import MANY_TEAMS, NUMBERED, Doubt, Reading, Told

COLUMNS_NEEDED = (
    "project_id",
    "year",
    "title",
    "description",
    "status",
    "recipient_condensed",
    "recipient_iso2",
    "start_actual",
    "end_actual",
    "flow",
    "implementing_agency",
    "location_details",
)
_NOT_A_TEAM = ("DONATION", "TRAINING", "TWINNING", "LOAN", "NOT_A_MISSION")
_NAMES_ITS_TEAM = ("DONATION", "FREE_CLINIC", "TRAINING")  # what a numbered team gave or held
_BROKEN = re.compile(
    "\ufffd|[\x80-\x9f]|_[„ñ]|â€|Ã[\x80-\xbf©¨«´ª§®¶¼]|Ì[\x80-\xbf©¨]|(?<=[A-Za-z])[_¥‰]{1,2}(?=[a-z])"
)
_MOVES_TO = re.compile(
    rf"\b(?:arriv\w+\s(?:in|at)|left\s(?:\w+\s)?for|departed\sfor|sent\sto|dispatched\sto"
    rf"|worked\sin"
    rf"|served\sin|{TEAM}\s(?:(?:sent|dispatched)\s)?to)\s(?:the\s)?{COUNTRY}(?![\w-])"
)
# "carried out 200 operations in Ouagadougou, Burkina Faso"
_WORKS_IN = re.compile(
    r"\b(?:treated|operated|performed|carried\sout|conducted|held|visited|examined|saw|served|worked)\b"
    rf"[^.;]{{0,80}}?\b(?:in|to)\s(?:the\s)?(?:[A-Z][\w-]+,?\s){{0,3}}{COUNTRY}(?![\w-])"
)
# what names another country, and does not say that the team serves there
_IN_PASSING = re.compile(
    rf"\b(?:capital(?:\scity)?\sof|(?:also\s|then\s)*visited(?:\sneighbou?ring)?)"
    rf"\s(?:the\s)?{COUNTRY}(?![\w-])"
)
# "Dr. Li, who previously served in Alba": not this team's journey.
_SOMEBODY_ELSE = re.compile(r"\b(?:who|previously|formerly|earlier|once|had|has)\b", re.IGNORECASE)
_FAR = 3  # years between the record's year and the prose, beyond which a person looks


def read(row: Mapping[str, str], number: int) -> Reading:
    """Read one row; `number` is its place in the file, from 1. Never raises for what cells hold."""
    cells = Cells(row)
    title, prose = cells["title"][:LONGEST_CELL], cells["description"]
    recipient = _recipient(cells)
    own = own_number(title, prose)
    said = _sentences(prose, own, cells["year"])
    kind = kind_of(blanked(title), blanked(prose[:LONGEST_CELL]), cells["flow"], said)
    found = _told(cells, title, kind, (own, said))
    _doubts(cells, (title, recipient, kind), said, found)
    return Reading(
        row=number,
        project_id=cells["project_id"].strip(),
        fingerprint=_fingerprint(title, prose, recipient or cells["recipient_condensed"]),
        recipient=recipient,
        kind=kind,
        title=title.strip(),
        track=track_of(kind, blanked(title), recipient, said),
        told=tuple(found.told),
        doubts=tuple(found.doubts),
        recipient_told=_recipient_told(cells, recipient),
    )


_RECIPIENT = ("recipient_condensed", "recipient_oecd_name", "all_recipients")


def _recipient(cells: Cells) -> str:
    return recipient_of(cells["recipient_iso2"], *(cells[column] for column in _RECIPIENT))


def _recipient_told(cells: Cells, recipient: str) -> tuple[str, str]:
    """The column that names the recipient, by a name where one does, and its words."""
    for column in _RECIPIENT:
        if recipient and recipient_of("", cells[column]) == recipient:
            return column, cells[column].strip()[:300]
    return ("recipient_iso2", cells["recipient_iso2"].strip()[:300]) if recipient else ("", "")


def _sentences(prose: str, own: int | None, year: str) -> list[Sentence]:
    """The prose, cut. Where it never names the title's number but one other, dated in the
    record's year, the other is a slip and its sentences speak of this team."""
    said = sentences(prose, own)
    if own is None or not prose:
        return said
    named = {
        team.number
        for one in sentences(prose, None)
        for team in named_teams(one.text)
        if not team.of_sender
    }
    strangers = [one for one in said if one.about == ELSEWHERE]
    if own in named or len(named) != 1 or not strangers or not year.strip():
        return said
    dated = {date.value[:4] for one in strangers for date in dates_in(one.text)}
    return sentences(prose, named.pop()) if year.strip()[:4] in dated else said


def _told(
    cells: Cells, title: str, kind: str, numbered: tuple[int | None, list[Sentence]]
) -> Findings:
    own, said = numbered
    found = Findings()
    if kind == "NOT_A_MISSION":
        return found
    if kind in NUMBERED or kind in _NAMES_ITS_TEAM:
        read_ordinal(title, own, said, found)
    if kind in NUMBERED:
        read_series(_recipient(cells), said, found)
    if kind not in _NOT_A_TEAM:
        read_size(blanked(title), said, found)
        read_term(said, found)
    _when(cells, kind, said, found)
    read_sender((title, cells["implementing_agency"]), said, found)
    read_sites((title, cells["location_details"]), said, found)
    if kind in VOYAGES:
        read_calls(title, said, found)
    read_outcomes(cells["year"].strip()[:4], said, found)
    read_remarks(said, found)
    return found


def _when(cells: Cells, kind: str, said: list[Sentence], found: Findings) -> None:
    """The journey of a team, or the day of a gift or a short mission."""
    year = cells["year"].strip()[:4]
    if kind not in _NOT_A_TEAM:
        names = "|".join(
            ["the country", *(re.escape(n) for n in {cells["recipient_condensed"]} if n.strip())]
        )
        read_times(said, (year, names), found)
    if kind in EVENTS:
        read_day(kind, year, said, found)
        read_event(cells, event_field(kind), found)
    elif kind not in _NOT_A_TEAM:
        read_columns(cells, found)


def _doubts(
    cells: Cells, known: tuple[str, str, str], said: list[Sentence], found: Findings
) -> None:
    title, recipient, kind = known
    _no_recipient(title, recipient, found)
    _other_country(title, recipient, said, found)
    _countries_beside(cells["all_recipients"], title, recipient, found)
    _status(cells, found)
    _never_went(title, said, found)
    _broken(cells, found)
    wordless = not (title.strip() or cells["description"].strip())
    if kind == "NOT_A_MISSION" and (wordless or may_have_gone(title, said)):
        found.doubt(Doubt("KIND_OPEN", quotes=_titled(title)))
    if kind in NUMBERED and found.first("ordinal") is None:
        code = MANY_TEAMS if tells_of_many(title) else "NO_ORDINAL"
        found.doubt(Doubt(code, "ordinal", quotes=_titled(title)))
    _far_year(cells, found)


def _titled(title: str) -> tuple[tuple[str, str], ...]:
    """The title as a quote; none where there is none."""
    words = title[:200].strip()
    return (("title", words),) if words else ()


def _no_recipient(title: str, recipient: str, found: Findings) -> None:
    if recipient:
        return
    named = {code for code, _ in countries_in(blanked(title))}
    found.doubt(
        Doubt(
            "NO_RECIPIENT",
            proposes=named.pop() if len(named) == 1 else "",
            quotes=_titled(title),
        )
    )


def _other_country(title: str, recipient: str, said: list[Sentence], found: Findings) -> None:
    """The title or a journey names another country: proposed where no sentence names this one."""
    if not recipient:
        return
    own = [one.text for one in said if one.about == OWN]
    places: list[tuple[str, str, str]] = [("title", blanked(title), blanked(title))]
    places += [
        ("description", text, hit.group())
        for text in own
        for hit in _MOVES_TO.finditer(text)
        if not _SOMEBODY_ELSE.search(text[max(0, hit.start() - 60) : hit.start()])
    ]
    places += [
        ("description", text, hit.group()) for text in own for hit in _IN_PASSING.finditer(text)
    ]
    here = any(is_called(recipient, one) for text in own for one in countries_in(text))
    if not here:
        places += [
            ("description", text, hit.group()) for text in own for hit in _WORKS_IN.finditer(text)
        ]
    for column, whole, part in places:
        named = countries_in(part)
        if not named or any(is_called(recipient, one) for one in countries_in(whole)):
            continue
        code, name = named[0]
        proposes = "" if here or _IN_PASSING.fullmatch(part) else code
        found.doubt(
            Doubt("OTHER_COUNTRY", "", (("country", name),), proposes, ((column, name),)),
        )
        return


# "in Alba and Beton"
_TWO_COUNTRIES = re.compile(rf"{COUNTRY}(?:,|\s(?:and|&|et))\s(?:the\s|in\s)*{COUNTRY}(?![\w-])")


def _countries_beside(column: str, title: str, recipient: str, found: Findings) -> None:
    """One row of several countries: it stands with the first, and a person is asked about more."""
    if not recipient or any(doubt.code == "OTHER_COUNTRY" for doubt in found.doubts):
        return
    joined = _TWO_COUNTRIES.search(blanked(title))
    places = [("all_recipients", column), ("title", joined.group() if joined else "")]
    for name, words in places:
        more = [one for one in countries_in(words) if not is_called(recipient, one)]
        if more:
            country = more[0][1]
            found.doubt(
                Doubt("OTHER_COUNTRY", "", (("country", country),), quotes=((name, country),))
            )
            return


def _status(cells: Cells, found: Findings) -> None:
    status = cells["status"].strip()[:100]
    if re.search(r"pledge|cancel|suspend|pipeline", status, re.IGNORECASE):
        found.doubt(Doubt("STATUS", "", (("status", status),), quotes=(("status", status),)))


_CALLED_OFF = re.compile(
    r"\b(?:cancel+ed|cancel+ation|called off|abandoned the (?:plan|dispatch)"
    r"|never (?:left|arrived|went|took place)|did not (?:take place|materiali[sz]e)"
    r"|annul[ée]e?s?)\b",
    re.IGNORECASE,
)


def _never_went(title: str, said: list[Sentence], found: Findings) -> None:
    """The words call it off, or tell of no journey but a planned one."""
    if any(doubt.code == "STATUS" for doubt in found.doubts):
        return
    texts = [("title", title), *(("description", one.text) for one in said if one.about == OWN)]
    off = next(((c, t, hit) for c, t in texts if (hit := _CALLED_OFF.search(t))), None)
    went = any(found.first(name) for name in ("departed_on", "arrived_on", "returned_on"))
    if off:
        words = off[1].strip()[:LONGEST_QUOTE]
        found.doubt(Doubt("STATUS", "", (("status", off[2].group()),), quotes=((off[0], words),)))
    elif found.plans and not went:
        plan = found.plans[0]
        said_of = (("status", plan.quote),)
        found.doubt(Doubt("STATUS", "", said_of, quotes=((plan.column, plan.quote),)))


def _broken(cells: Cells, found: Findings) -> None:
    for column in ("title", "description"):
        hit = _BROKEN.search(cells[column])
        if hit:
            words = cells[column][max(0, hit.start() - 10) : hit.end() + 10].strip()
            found.doubt(Doubt("BROKEN_TEXT", "", (("words", words),), quotes=((column, words),)))


def _far_year(cells: Cells, found: Findings) -> None:
    year = re.fullmatch(r"\s*((?:19|20)\d\d)(?:\.0)?\s*", cells["year"])
    known = found.first("departed_on") or found.first("arrived_on")
    if year and known and abs(int(year.group(1)) - int(known.value[:4])) >= _FAR:
        found.contradict(known, Told(known.field, year.group(1), year.group(1), "year"))


def _fingerprint(title: str, prose: str, recipient: str) -> str:
    plain = unicodedata.normalize("NFKC", f"{title}\n{prose}\n{recipient}").casefold()
    return hashlib.sha256(" ".join(plain.split()).encode("utf-8", "replace")).hexdigest()
