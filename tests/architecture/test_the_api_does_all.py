"""What a page can do, a program can: an operation of the API calls every action of a room."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from tests.builders import ROOT

SOURCE = ROOT / "src/marrow"
#: what no operation calls for good, and why: of a room, or one action
APART = {
    "accounts": "signing in, passwords, passkeys, roles and tokens are for a browser: no token"
    " carries the administrator's role or makes another token",
    "sync": "phones speak to it in their own tongue, through the same actions",
    "activity.add_picture": "a phone's: its bytes come piece by piece, by another way (tus)",
    "activity.take_out_picture": "one looks at a photograph before it goes: on its page",
    "activity.correct_deed": "a phone puts single values right, merged with what others changed",
    "activity.flag_outliers": "it follows an import",
    "activity.leave_cells": "it follows when an office settles what was set aside",
    "activity.take_counts": "counts come as a file, through an import",
    "consults.name_photo": "a phone's: its bytes come piece by piece; a program sends it whole",
    "desk.choose_letters": "the letters that a person gets are chosen where they sign in",
    "desk.confirm_address": "an address is confirmed by the letter that it gets",
    "plan.drop_out_and_mend": "a program tells who drops out and asks for the mend, each by itself",
    "desk.make_calendar": "a calendar's address is a secret, as a token is",
    "desk.end_calendar": "a calendar's address is a secret, as a token is",
    "activity.record_deeds": "single records of a file come through an import",
    "activity.correct_visits": "a count is put right on the phone that made it",
    "activity.keep_voice": "somebody's words are written down on a phone, beside who said them",
    "activity.void_voice": "somebody's words are taken back on that phone, or on their page",
    "catalogue.load_codes": "a classification is loaded by the operator",
    "catalogue.load_items": "what Marrow brings is loaded by the operator",
    "directory.load_areas": "places are laid by the seeds",
    "directory.record_facilities": "a register comes as a file, through an import",
    "missions.keep_missions": "the history is laid by the seeds",
    "missions.record_teams": "records of teams come as a file, through an import",
    "need.take_outflows": "patients who left come as a file, through an import",
    "people.enter_people": "a roster comes as a file, through an import",
    "people.keep_contact": "whom to call for somebody is sealed: a page shows it, no program",
    "people.answer_link": "whose an account is its owner says, in a browser, never a program",
    "people.link_account": "who is whose account is decided beside the accounts, in a browser",
    "people.say_how_i_am": "how somebody feels is sealed: they say it on their own page",
    "posts.bring_word": "what a phone kept comes in its own tongue",
    "posts.climb": "the clock does it",
    "programmes.keep_change": "other actions stand on it",
    "programmes.keep_commitments": "the history is laid by the seeds",
    "sources.close_work": "other actions stand on it",
    "sources.keep_doubts": "readers of records raise doubts",
    "sources.keep_told": "other actions stand on it",
    "teams.release_people": "it follows when a team is cancelled",
    "teams.release": "a plan does it when it is published",
    "teams.tell_overdue": "the clock does it",
}


def _actions() -> Iterator[str]:
    """`room.action` of each action that is told outside its room's actions."""
    for path in sorted(SOURCE.glob("*/actions*")):
        if path.suffix not in ("", ".py"):
            continue
        room = path.parent.name
        module = importlib.import_module(f"marrow.{room}.actions")
        for name in getattr(module, "__all__", dir(module)):
            found = getattr(module, name)
            of_room = getattr(found, "__module__", "").startswith(f"marrow.{room}.actions")
            private = name.startswith("_") or not inspect.isfunction(found)
            if of_room and not private and "by" in inspect.signature(found).parameters:
                yield f"{room}.{name}"


def _called(path: Path) -> Iterator[str]:
    """`room.action` of all that a file names of any room's actions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rooms: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marrow."):
            room, *rest = (node.module or "").split(".")[1:]
            for alias in node.names:
                if alias.name == "actions":
                    rooms[alias.asname or alias.name] = room
                elif rest[:1] == ["actions"]:
                    yield f"{room}.{alias.name}"
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
            continue
        if node.value.id in rooms:
            yield f"{rooms[node.value.id]}.{node.attr}"


def test_every_action_is_called_by_an_operation() -> None:
    """One that is not has its reason above."""
    files = [*SOURCE.rglob("api.py"), *SOURCE.rglob("api/*.py")]
    called = {one for path in files for one in _called(path)}
    lacking = {one for one in _actions() if one not in called}
    rooms = {one.split(".")[0] for one in lacking}
    told = {one for one in lacking if one in APART or one.split(".")[0] in APART}
    assert sorted(lacking - told) == []
    assert [one for one in APART if one not in lacking | rooms] == [], "called now: take it out"
