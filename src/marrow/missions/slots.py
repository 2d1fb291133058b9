"""What missions hand in: the sentences of the doubts that their reader has."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marrow.core.subjects import Subject, tell
from marrow.missions.models import TeamRecord
from marrow.missions.rules.records.sentences import SENTENCES, SHORT
from marrow.sources.sentences import tell as tell_sentences

tell_sentences(SENTENCES, SHORT)
tell(
    Subject(
        TeamRecord,
        _("record"),
        lambda r: reverse("sources:document", args=[r.document]),  # type: ignore[attr-defined]
    )
)
