"""What is private: whom to call, and how somebody is. Sealed, and for few eyes."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people import access
from marrow.people.models import Contact, Wellbeing
from marrow.sources.actions import open_work
from marrow.sources.models import WorkItem

CONTACT = Act("keep_contact", gettext_lazy("Kept an emergency contact"))
FEELING = Act("say_how_i_am", gettext_lazy("Said how they are"))


def keep_contact(
    *, person: UUID, name: str, relation: str, phone: str, by: Viewer, at: dt.datetime
) -> Contact:
    """Say whom to call; what is sealed enters the journal sealed."""
    row = access.person_to_care_for(by, person)
    if not name.strip() or not phone.strip():
        raise Refused(_("Give the name and the telephone number."))
    contact = Contact(id=uuid4(), person=row)
    contact.name, contact.relation = name.strip(), relation.strip()
    contact.phone = phone.strip()
    with journal(CONTACT, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(contact)
    return contact


def say_how_i_am(
    *, person: UUID, feeling: str, words: str, by: Viewer, at: dt.datetime
) -> Wellbeing:
    """A person says how they are; who needs help becomes work for their programme office."""
    row = access.oneself_for(by, person)
    said = Wellbeing(id=uuid4(), person=row, said_on=at.date(), feeling=feeling)
    said.words = words.strip()
    with journal(FEELING, by=by, at=at, scope=f"person:{row.pk}") as page:
        page.save(said)
        if feeling == Wellbeing.Feeling.NEEDS_HELP:
            open_work(page, [_call(said, at)])
    return said


def _call(said: Wellbeing, at: dt.datetime) -> WorkItem:
    return WorkItem(
        id=same_id("needs help", said.pk), key=f"needs-help:{said.pk}", code="NEEDS_HELP",
        about_model="people.wellbeing", about=said.pk, role="office", opened_at=at,
        due_on=at.date(), params={"name": said.person.names},
    )  # fmt: skip
