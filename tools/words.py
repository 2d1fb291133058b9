"""Gathers every word of pages and messages into the catalogues: `python tools/words.py`.

Reads Python by its syntax tree and templates by Django's own `templatize`; needs no gettext.
`--check` writes nothing and names what a catalogue lacks.
"""

from __future__ import annotations

import ast
import datetime as dt
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/marrow"
TONGUES = {"fr": "fr", "zh_Hans": "zh_Hans"}
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
HEAD = "# The words of Marrow. Gathered by tools/words.py; the words are written by hand."
NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # a date that moved would change every file
Key = tuple[str, str, str]  # context, singular, plural


def text_of(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def in_python(code: str) -> Iterator[Key]:
    """Every call of a gettext function with plain strings."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [text_of(a) for a in node.args]
        if name in SINGLE and words and words[0]:
            yield "", words[0], ""
        elif name in PLURAL and len(words) > 1 and words[0]:
            yield "", words[0], words[1]
        elif name in CONTEXT and len(words) > 1 and words[1]:
            yield words[0], words[1], ""


def in_template(text: str, name: str) -> Iterator[Key]:
    """Django turns its tags into calls; the rest of each line it turns into X's."""
    from django.utils.translation.template import templatize  # noqa: PLC0415

    for line in templatize(text, origin=name).split("\n"):
        yield from _calls(line)


def _calls(line: str) -> Iterator[Key]:
    for name in sorted(SINGLE | PLURAL | CONTEXT, key=len, reverse=True):
        start = -1
        while (start := line.find(f"{name}(", start + 1)) >= 0:
            if start and (line[start - 1].isalnum() or line[start - 1] == "_"):
                continue
            if call := _call(line[start:]):
                yield from in_python(call)


def _call(rest: str) -> str:
    """The shortest beginning that is a call."""
    end = -1
    while (end := rest.find(")", end + 1)) >= 0:
        try:
            ast.parse(rest[: end + 1].strip(), mode="eval")
        except SyntaxError:
            continue
        return rest[: end + 1].strip()
    return ""


def gathered() -> dict[Key, list[str]]:
    """Every message with the files that it stands in."""
    found: dict[Key, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for key in in_python(path.read_text(encoding="utf-8")):
            found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for key in in_template(path.read_text(encoding="utf-8"), str(path)):
            found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found


def catalogue(folder: str) -> Catalog:
    path = SOURCE / "locale" / folder / "LC_MESSAGES/django.po"
    if not path.exists():
        return Catalog(locale=folder)
    with path.open("rb") as file:
        return read_po(file, locale=folder)


def missing(folder: str) -> list[str]:
    """Messages of which this catalogue has no words, or doubtful ones."""
    held = catalogue(folder)
    lacking = []
    for context, one, many in gathered():
        message = held.get((one, many) if many else one, context or None)
        texts = message.string if message else ""
        said = texts if isinstance(texts, (list, tuple)) else [texts]
        if message is None or message.fuzzy or not all(said):
            lacking.append(one)
    return lacking


def update(folder: str) -> None:
    """Write the catalogue anew: every message that is used, with the words that it had."""
    held = catalogue(folder)
    fresh = Catalog(
        locale=folder, fuzzy=False, project="Marrow", version="0.1", copyright_holder="Marrow",
        msgid_bugs_address="Marrow", last_translator="Marrow", language_team="Marrow",
        header_comment=HEAD, creation_date=NO_DATE, revision_date=NO_DATE,
    )  # fmt: skip
    for (context, one, many), places in gathered().items():
        key = (one, many) if many else one
        known = held.get(key, context or None)
        fresh.add(
            key, known.string if known else None, context=context or None,
            locations=[(place, 0) for place in sorted(set(places))],
        )  # fmt: skip
    path = SOURCE / "locale" / folder / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=96, omit_header=False, sort_output=True, include_lineno=False)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    import django  # noqa: PLC0415

    django.setup()
    for folder in TONGUES:
        if "--check" not in sys.argv:
            update(folder)
        lacking = missing(folder)
        print(f"{folder}: {len(lacking)} messages have no words yet")
        for one in lacking if "--list" in sys.argv else ():
            print("  ", one.replace("\n", "\\n"))


if __name__ == "__main__":
    main()
