"""The part of a form that says where an entry comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.core.fields import check_partial_date
from marrow.sources.actions import Source
from marrow.ui.picker import Picker

#: the fields that say where an entry comes from
SOURCE = ("source", "words", "published_on")


class DateTold(forms.CharField):
    """A year, a month or a day, as the source gives it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("help_text", _("2006, 2006-09 or 2006-09-04"))
        super().__init__(validators=[check_partial_date], **kwargs)
        self.widget.attrs["size"] = "12"


class SourcedForm(forms.Form):
    """A form whose entry rests on a document: every fact opens its words."""

    source = forms.CharField(
        max_length=400,
        label=_("Source: the document"),
        help_text=_("The title of a paper, a page or a letter."),
        widget=Picker("sources:pick"),
    )
    words = forms.CharField(
        max_length=300,
        label=_("Source: its words"),
        help_text=_("The clause that says it, as printed; one clause."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    published_on = DateTold(label=_("Source: published"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([f for f in self.fields if f not in SOURCE] + list(SOURCE))

    def told_by(self) -> Source:
        """The source, of a form that is valid."""
        told = self.cleaned_data
        return Source(told["source"], told["words"], told["published_on"])
