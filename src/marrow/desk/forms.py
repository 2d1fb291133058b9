"""The forms of one's letters, and of words in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.told_values import TONGUE_WORDS
from marrow.core.spoken import Spoken
from marrow.core.words import TONGUES, Names, tongue
from marrow.desk.models import Wish


class LettersForm(forms.Form):
    every = forms.ChoiceField(
        choices=Wish.Every.choices, label=_("A letter with what waits for you"),
        help_text=_("Sent at six in the morning, UTC; none on a day on which nothing waits."),
    )  # fmt: skip
    address = forms.EmailField(
        required=False, max_length=254, label=_("To this e-mail address"),
        help_text=_("A first letter asks you to confirm it."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Of each column that has words a field a language, the reader's own first; the language in
    which they were written is left out."""

    def __init__(self, row: Spoken, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for column, code in _open_fields(row):
            longest = getattr(row._meta.get_field(column), "max_length", None)
            called = str(COLUMN_WORDS.get(column, column)).capitalize()
            self.fields[f"{column}_{code}"] = forms.CharField(
                required=False, max_length=longest, initial=row.also(column).get(code, ""),
                label=f"{called} · {TONGUE_WORDS[code]}",
                help_text=getattr(row, column),
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )  # fmt: skip

    def told(self) -> dict[str, Names]:
        found: dict[str, Names] = {}
        for name, text in self.cleaned_data.items():
            column, _sep, code = name.rpartition("_")
            found.setdefault(column, {})[code] = text
        return found


def _open_fields(row: Spoken) -> Iterator[tuple[str, str]]:
    own_first = sorted(TONGUES, key=lambda code: code != tongue())
    for column in row.SPOKEN:
        if getattr(row, column):
            written = row.written_in(column)
            yield from ((column, code) for code in own_first if code != written)
