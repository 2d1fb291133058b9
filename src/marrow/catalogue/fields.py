"""A form field in which an item of the catalogue is named, with proposals as one types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.models import Item
from marrow.catalogue.queries.finding import Finder, NotFound
from marrow.ui.picker import Picker, marked


class ItemField(forms.CharField):
    """An item: by a proposal, its key, a code, or a name that only one has, in any language.

    `near` of the form's place puts first what stands on its area's lists.
    """

    default_help = gettext_lazy("Name in any language, pinyin or code: dialysis, touxi, N18")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(
            widget=Picker("catalogue:pick"), **{"help_text": self.default_help, **kwargs}
        )

    def near(self, area: UUID | None) -> None:
        """What stands on the lists that hold for this area is proposed first."""
        if area and isinstance(self.widget, Picker):
            self.widget.more = f"near={area}"

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value) if isinstance(value, Item) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        return self._found(typed) if typed else None

    def _found(self, typed: str) -> Item:
        word = marked(typed)
        known = Item.objects.filter(key=word).first() or _by_id(word)
        if known:
            return known
        try:
            return Finder().line(typed)
        except NotFound:
            raise forms.ValidationError(
                _("“%s” is not one item of the catalogue. Choose a proposal, or write its code.")
                % typed[:80]
            ) from None


def _by_id(word: str) -> Item | None:
    try:
        return Item.objects.filter(pk=UUID(word)).first()
    except ValueError:
        return None


def as_typed(item: Item) -> str:
    """An item as its field shows and proposes it: its name, and its key."""
    return f"{item} [{item.key}]"
