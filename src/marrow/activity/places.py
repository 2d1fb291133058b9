"""Where the rows of a file were done, and what is told of rows that are not taken."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from marrow.activity import access
from marrow.activity.columns import CountRow, NotRead
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Department, Identifier, Organisation
from marrow.directory.queries import hits
from marrow.directory.rules import folded
from marrow.directory.search import ORGANISATION
from marrow.missions.models import Mission

SHOWN = 12  # rows of a preview

PROBLEMS = {
    "NO_PLACE": names("no hospital", "没有医院", "sans établissement"),
    "NO_KIND": names("nothing says what is counted", "没有指标名称", "rien ne dit ce qui est compté"),
    "KIND_TOO_LONG": names("what is counted has more than 120 characters", "指标名称超过120字", "indicateur de plus de 120 caractères"),
    "UNKNOWN_PLACE": names("the hospital is not in the directory", "名录中没有该医院", "établissement absent de l’annuaire"),
    "SEVERAL_PLACES": names("several hospitals are called or numbered so", "有多家医院使用该名称或编号", "plusieurs établissements portent ce nom ou ce numéro"),
    "NOT_YOUR_PLACE": names("not a hospital that your office serves: enter a mission that works there, or a series that it receives, then bring the file in again; or let an office without limit bring it in, a role that the administrator gives", "不是贵办公室服务的医院：请先录入在该院工作的医疗队（任务），或由该院接收的系列，再重新导入；也可由权限不受限的办公室导入，该权限由管理员授予", "hôpital que votre bureau ne sert pas : saisissez d’abord une mission qui y travaille, ou une série qu’il reçoit, puis importez de nouveau ; sinon, un bureau sans limite peut l’importer, rôle que donne l’administrateur"),
    "UNKNOWN_DEPARTMENT": names("the hospital has no such department here", "名录中该医院没有此科室", "ce service est inconnu dans l’établissement"),
    "UNKNOWN_TEAM": names("no team of this name or key worked at this hospital", "没有以此名称或代号在该医院工作的医疗队", "aucune équipe de ce nom ou de ce code n’a travaillé dans cet établissement"),
    "SEVERAL_TEAMS": names("several teams of this hospital are called so: write the key", "该医院有多支医疗队使用该名称：请填写代号", "plusieurs équipes de cet établissement portent ce nom : écrivez le code"),
    "NOT_YOUR_TEAM": names("not a team that your office writes for", "不是贵办公室管理的医疗队", "équipe hors de votre bureau"),
    "BAD_MONTH": names("the month cannot be read or has not come", "月份无法读取或尚未到来", "mois illisible ou à venir"),
    "BAD_VALUE": names("the count is no number of 0 or more", "数值不是0或以上的数字", "le nombre n’est pas un nombre positif ou nul"),
    "BAD_SPECIALTY": names("specialty not in the list", "专业不在列表中", "spécialité hors liste"),
    "BAD_GROUP": names("group of people not in the list", "受益人群不在列表中", "groupe de bénéficiaires hors liste"),
    "TWICE": names("the same cell stands above it with another value", "上面已有同一单元格的另一数值", "la même case figure plus haut avec une autre valeur"),
    "REVIEWED": names("the month is reviewed: send it back first", "该月已审核：请先退回", "mois vérifié : renvoyez-le d’abord"),
    "APPROVED": names("the month is approved: begin a new version first", "该月已批准：请先建立新版本", "mois approuvé : commencez d’abord une nouvelle version"),
}  # fmt: skip
COUNTS = {
    "rows": names("rows read", "行已读取", "lignes lues"),
    "new": names("new counts", "新增数值", "nombres nouveaux"),
    "known": names("known already", "已有", "déjà connus"),
    "changed": names("changed since the last time", "较上次有变", "changés depuis la dernière fois"),
    "absent": names("empty cells: unknown, not nought", "空单元格：不详，并非零", "cases vides : inconnu, non zéro"),
}  # fmt: skip


class Places:
    """Hospitals and departments by what a file calls them; asked once each."""

    def __init__(self, by: Viewer | None) -> None:
        self.by = by
        self.known: dict[str, Organisation | str] = {}
        self.departments: dict[tuple[object, str], Department | None] = {}

    def find(self, row: CountRow) -> tuple[Organisation, Department | None]:
        return self.named(row.place, row.department)

    def named(self, told: str, department: str) -> tuple[Organisation, Department | None]:
        if told not in self.known:
            self.known[told] = self._found(told)
        place = self.known[told]
        if isinstance(place, str):
            raise NotRead(place)
        return place, self._department(place, department) if department else None

    def _found(self, told: str) -> Organisation | str:
        """The one that a register numbers so, else the one of this name; or why there is none."""
        numbered = Identifier.objects.filter(value=told).select_related("organisation__successor")
        found = {_last(i.organisation).pk: _last(i.organisation) for i in numbered[:10]}
        if not found:
            near = hits(told, kind=ORGANISATION, limit=6)
            same = [h.id for h in near if folded(h.name) == folded(told)]
            rows = Organisation.objects.filter(pk__in=same).select_related("successor")
            found = {_last(row).pk: _last(row) for row in rows}
        if len(found) != 1:
            return "SEVERAL_PLACES" if found else "UNKNOWN_PLACE"
        (place,) = found.values()
        if self.by and not access.serves_there(self.by, place.pk):
            return "NOT_YOUR_PLACE"
        return place

    def _department(self, place: Organisation, told: str) -> Department | None:
        key = (place.pk, folded(told))
        if key not in self.departments:
            here = Department.objects.filter(organisation=place)
            same = [d for d in here if key[1] in [folded(n) for n in d.names.values()]]
            self.departments[key] = same[0] if len(same) == 1 else None
        found = self.departments[key]
        if found is None:
            raise NotRead("UNKNOWN_DEPARTMENT")
        return found


class Teams:
    """Teams that worked at a hospital, by what a file calls them; each hospital is asked once."""

    def __init__(self, by: Viewer | None) -> None:
        self.by = by
        self.at: dict[UUID, list[Mission]] = {}
        self.ours: dict[UUID, bool] = {}

    def named(self, place: Organisation, told: str) -> Mission:
        """The one of this key or name; NotRead with the reason."""
        if place.pk not in self.at:
            self.at[place.pk] = _teams_at(place)
        name = folded(told)
        same = [m for m in self.at[place.pk] if name in _names_of(m)]
        if len(same) != 1:
            raise NotRead("SEVERAL_TEAMS" if same else "UNKNOWN_TEAM")
        if self.by and not self._is_ours(same[0], self.by):
            raise NotRead("NOT_YOUR_TEAM")
        return same[0]

    def _is_ours(self, team: Mission, by: Viewer) -> bool:
        if team.pk not in self.ours:
            self.ours[team.pk] = access.writes(by, None, team)
        return self.ours[team.pk]


def _teams_at(place: Organisation) -> list[Mission]:
    """Those that `access.works_at` allows there."""
    there = Q(series__recipient=place) | Q(sites__organisation=place)
    rows = Mission.objects.filter(there).distinct()
    return list(rows.select_related("programme__sender", "series__recipient_area", "sender"))


def _names_of(team: Mission) -> list[str]:
    return [folded(team.key), *(folded(name) for name in team.names.values())]


def _last(row: Organisation) -> Organisation:
    while row.successor:
        row = row.successor
    return row
