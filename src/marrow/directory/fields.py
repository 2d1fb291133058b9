"""Form fields in which a place or an organisation is named, with proposals as one types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.words import semicolon
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import Hit, hits, known_as, last_of
from marrow.directory.search import AREA, ORGANISATION
from marrow.ui.picker import Picker, marked


class _Named(forms.CharField):
    kind = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(widget=Picker(self.url), **kwargs)  # type: ignore[attr-defined]

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return self.found(typed) if typed.strip() else None

    def found(self, typed: str) -> Any:
        """The one thing that is meant; ValidationError when it is none, or more than one."""
        same = known_as(marked(typed), self.kind)
        if len(same) == 1:
            return self.loaded(same[0].id)
        near = same or hits(marked(typed), kind=self.kind, limit=6)
        proposals = semicolon().join(proposal(h) for h in near[:5])
        if same:
            raise forms.ValidationError(_("Several are meant by this: %s. Choose one.") % proposals)
        if near:
            raise forms.ValidationError(
                _("Nothing is called “%(typed)s”. Near to it: %(near)s. Choose one.")
                % {"typed": typed.strip()[:80], "near": proposals}
            )
        raise forms.ValidationError(_("Nothing is called “%s”.") % typed.strip()[:80])

    def loaded(self, pk: UUID) -> Any:
        raise NotImplementedError


class PlaceField(_Named):
    """A place: by its code, by a proposal, or by a name that only one has, in any language. One
    that is only near to what was typed is proposed, never taken."""

    kind, url = AREA, "directory:pick-place"
    default_help = gettext_lazy("Name or code: Guinea, GN, CN-BJ")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": self.default_help, **kwargs})

    def found(self, typed: str) -> Area:
        known = Area.objects.filter(code__iexact=marked(typed)).first()
        found: Area = known or super().found(typed)
        return found

    def loaded(self, pk: UUID) -> Area:
        return Area.objects.get(pk=pk)


class OrganisationField(_Named):
    """An organisation: by a proposal, or by a name that only one has, in any language."""

    kind, url = ORGANISATION, "directory:pick-organisation"

    def found(self, typed: str) -> Organisation:
        try:
            known = Organisation.objects.filter(pk=UUID(marked(typed))).first()
        except ValueError:
            known = None
        found: Organisation = last_of(known) if known else super().found(typed)
        return found

    def loaded(self, pk: UUID) -> Organisation:
        return Organisation.objects.get(pk=pk)


def as_typed(thing: Area | Organisation | None) -> str:
    """A place or an organisation as its field shows what is there: its name, and its code or id."""
    if thing is None:
        return ""
    return f"{thing} [{thing.code if isinstance(thing, Area) else thing.pk}]"


def proposal(hit: Hit) -> str:
    """A hit as a picker proposes it: its name, where it is, and what it is known by."""
    where = f", {hit.where}" if hit.where else ""
    return f"{hit.name}{where} [{hit.code or hit.id}]"
