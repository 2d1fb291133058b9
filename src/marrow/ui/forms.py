"""The one page on which a form is filled in: what is wrong stands beside its field (422)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from marrow.core.refusals import Overtaken, Refused
from marrow.core.words import listing
from marrow.ui.requests import MarrowRequest
from marrow.ui.slips.unsent import words_for_form


@dataclass(frozen=True, slots=True)
class Shown:
    """The page's heading, where it leads back to, its button, and its own layout if it has one."""

    title: str
    back: str
    back_name: str
    lede: str = ""
    button: str = ""
    template: str = "ui/form.html"


class ChangeForm(forms.Form):
    """A form over what is there already: it carries what its person saw when they began.

    Only what they changed is taken; a field that somebody else changed meanwhile is asked again,
    with both values, and nobody's words are lost.
    """

    free: tuple[str, ...] = ()  # fields that change nothing that is there: the source

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in self.free

    def open_for(self, sent: QueryDict) -> None:
        """Words that were kept come back: a form whose fields go by what was sent opens theirs."""

    def changed(self) -> set[str]:
        """The fields that this person changed."""
        return {n for n in self.changed_data if self.fields[n].show_hidden_initial}

    def overtaken(self) -> bool:
        """Ask again where the value they began from is no longer the one that is there."""
        data, found = self.data.copy(), False  # type: ignore[attr-defined]  # a QueryDict
        for name in self.changed():
            key = self.add_initial_prefix(name)
            seen = [_of_lines(text) for text in data.getlist(key) if text]
            now = _texts(self.initial.get(name))
            if seen == now:
                continue
            found = True
            data.setlist(key, now)
            told = _("Somebody changed this meanwhile; now it is: %s. Yours is kept here.")
            said = [_in_words(self.fields[name], text) for text in now]
            self.add_error(name, told % (listing().join(said) or "–"))
        self.data = data
        return found


def _texts(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(v) for v in value]
    return [] if value in (None, "") else [_of_lines(str(value))]


def _in_words(field: forms.Field, value: str) -> str:
    """A value as its field offers it: of a choice the words, never the code."""
    choices: list[tuple[Any, Any]] = list(flatten_choices(getattr(field, "choices", ())))
    offered = {str(code): str(words) for code, words in choices}
    return offered.get(value, value)


def same_lines(one: str, other: str) -> bool:
    """Whether two texts are the same, but for line ends and blanks around them."""
    return _of_lines(one).strip() == _of_lines(other).strip()


def _of_lines(text: str) -> str:
    """The text with the line ends that are stored: a browser sends others."""
    return "\n".join(text.splitlines())


def keep(
    request: MarrowRequest, form: forms.Form, act: Callable[[], HttpResponse], shown: Shown
) -> HttpResponse:
    """Show the form; a valid one is acted on. What the action refuses stands above the fields."""
    status = 200
    fill_from_kept(request, form)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if isinstance(form, ChangeForm) and form.overtaken():
                status = Overtaken.status
            else:
                try:
                    return act()
                except Refused as refused:
                    if refused.status in (403, 404):
                        raise
                    form.add_error(None, str(refused.message))
                    status = refused.status
    page = {
        "form": form, "title": shown.title, "back": shown.back, "back_name": shown.back_name,
        "lede": shown.lede, "button": shown.button or _("Keep"),
    }  # fmt: skip
    return render(request, shown.template, page, status=status)


def fill_from_kept(request: MarrowRequest, form: forms.Form) -> None:
    """Put back what was written here when the session had ended; nothing is done with it."""
    found = words_for_form(request)
    if found is None:
        return
    form.is_bound, form.files = True, MultiValueDict()
    form.data, files = found
    if isinstance(form, ChangeForm):
        form.open_for(found[0])
    messages.info(request, _("What you wrote is kept: look it over, then send it."))
    if files:
        told = _("Files were not kept; choose them again: %s")
        messages.warning(request, told % listing().join(files))


def kept(request: MarrowRequest, address: str) -> HttpResponse:
    """The answer to a form that was acted on."""
    messages.success(request, _("Kept. The history says who and when."))
    return redirect(address)
