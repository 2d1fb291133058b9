"""The forms of one's letters, and of words in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.told_values import TONGUE_WORDS
from marrow.core.spoken import Spoken
from marrow.core.words import TONGUES, Names, tongue
from marrow.desk.models import Wish
from marrow.ui.forms import ChangeForm, same_lines


class LettersForm(forms.Form):
    every = forms.ChoiceField(
        choices=Wish.Every.choices, label=_("A letter with what waits for you"),
        help_text=_("Sent at six in the morning, UTC; none on a day on which nothing waits."),
    )  # fmt: skip
    address = forms.EmailField(
        required=False, max_length=254, label=_("To this e-mail address"),
        help_text=_("A first letter asks you to confirm it."),
    )  # fmt: skip


class WordsForm(ChangeForm):
    """Of each column that has words a field a language, the reader's own first; the language in
    which they were written is left out.

    The page carries the words that it showed: of others nobody says again what they did not read.
    """

    def __init__(self, row: Spoken, data: QueryDict | None = None) -> None:
        shown = list(_open_fields(row, data or {}))
        said = {f"{column}_{code}": row.also(column).get(code, "") for column, code in shown}
        super().__init__(data, initial=said)
        self.row, self.words = row, dict[str, str]()
        self._open(shown)

    def open_for(self, sent: QueryDict) -> None:
        fresh = [
            (column, code) for column, code in _open_fields(self.row, sent)
            if f"{column}_{code}" not in self.fields
        ]  # fmt: skip
        for column, code in fresh:
            self.initial[f"{column}_{code}"] = self.row.also(column).get(code, "")
        self._open(fresh)

    def _open(self, shown: Iterable[tuple[str, str]]) -> None:
        for column, code in shown:
            words = self.words[column] = str(getattr(self.row, column))
            longest = getattr(self.row._meta.get_field(column), "max_length", None)
            called = str(COLUMN_WORDS.get(column, column)).capitalize()
            self.fields[f"{column}_{code}"] = forms.CharField(
                required=False, max_length=longest, label=f"{called} · {TONGUE_WORDS[code]}",
                help_text=words, show_hidden_initial=True,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )  # fmt: skip
        for column, words in self.words.items():
            self.fields[_carried(column)] = forms.CharField(
                required=False, initial=words, widget=forms.HiddenInput
            )

    def overtaken(self) -> bool:
        """Ask again too where the words are no longer those that were said in other languages."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        moved = [
            name for name in sorted(self.changed())
            if not same_lines(data.get(_carried(_column(name)), ""), self.words[_column(name)])
        ]  # fmt: skip
        for name in moved:
            data[_carried(_column(name))] = self.words[_column(name)]  # sent again, it is meant
            self.add_error(
                name,
                _("The words changed meanwhile: they stand here as they are now. Yours is kept."),
            )
        self.data = data
        return super().overtaken() or bool(moved)

    def told(self) -> dict[str, Names]:
        """What this person changed; what was sent again as it was drawn says nothing."""
        found: dict[str, Names] = {}
        for name in sorted(self.changed()):
            found.setdefault(_column(name), {})[name.rpartition("_")[2]] = self.cleaned_data[name]
        return found


def _carried(column: str) -> str:
    return f"shown-{column}"


def _column(name: str) -> str:
    return name.rpartition("_")[0]


def _open_fields(row: Spoken, sent: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """A field that was sent stays, also where the words are by now in its language, or gone."""
    own_first = sorted(TONGUES, key=lambda code: code != tongue())
    for column in row.SPOKEN:
        words, written = getattr(row, column), row.written_in(column)
        for code in own_first:
            if (words and code != written) or f"{column}_{code}" in sent:
                yield column, code
