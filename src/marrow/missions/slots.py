"""What missions hand in: the sentences of the doubts that their reader has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.core.subjects import Subject, tell
from marrow.core.words import names
from marrow.missions.access import of_mission_office
from marrow.missions.actions.days import prove_days
from marrow.missions.models import Mission, TeamRecord
from marrow.missions.rules.records.sentences import DECIDED, SENTENCES, SHORT
from marrow.sources.checks import check_values
from marrow.sources.sentences import tell as tell_sentences
from marrow.sources.sentences import tell_decided

WORKED_OUT = {
    "BY_TABLE": names(
        "one of the {count} that the table counts",
        "表中所列{count}批之一",
        "l’une des {count} que compte le tableau",
    ),
    "IN_A_ROW": names(
        "{count} batches one after the other from No. {first}",
        "自第{first}批起连续{count}批",
        "{count} équipes de suite à partir de la n° {first}",
    ),
    "YEARS_BEFORE": names(
        "{years} years before {year}, the year of the document",
        "文件年份{year}年之前{years}年",
        "{years} ans avant {year}, l’année du document",
    ),
}


#: doubts that people had when they wrote the history down, not the reader of records
OF_HISTORY = {
    "UNIT_DIFFERS": names(
        "The same number with another unit: {kept}, and {other}. {shown} is shown.",
        "数字相同而单位不同：{kept}与{other}。显示{shown}。",
        "Même nombre, autre unité : {kept} et {other}. {shown} est affiché.",
    ),
}
OF_HISTORY_DECIDED = {
    ("UNIT_DIFFERS", "TAKEN"): names(
        "The same number with another unit: {kept}, and {other}. {other} was taken.",
        "数字相同而单位不同：{kept}与{other}。已采用{other}。",
        "Même nombre, autre unité : {kept} et {other}. {other} a été retenu.",
    ),
    ("UNIT_DIFFERS", "STAYED"): names(
        "The same number with another unit: {kept}, and {other}. {kept} stayed.",
        "数字相同而单位不同：{kept}与{other}。保留了{kept}。",
        "Même nombre, autre unité : {kept} et {other}. {kept} a été maintenu.",
    ),
}
OF_HISTORY_SHORT = {"UNIT_DIFFERS": names("Another unit", "单位不同", "Autre unité")}

tell_sentences(SENTENCES, SHORT)
tell_sentences(OF_HISTORY, OF_HISTORY_SHORT)
tell_sentences(WORKED_OUT, {})
tell_decided(DECIDED)
tell_decided(OF_HISTORY_DECIDED)
check_values(Mission, prove_days)
tell(
    Subject(
        TeamRecord,
        _("record"),
        lambda r: reverse("sources:document", args=[r.document]),  # type: ignore[attr-defined]
        mine=of_mission_office("mission"),
    )
)
