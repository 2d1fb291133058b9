"""What a page can do, a program can: an operation of the API calls every action of a room."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

from tests.builders import ROOT

SOURCE = ROOT / "src/marrow"
#: what no operation calls, and why
APART = {
    "accounts": "signing in, passwords, passkeys, roles and tokens are for a browser: no token"
    " carries the administrator's role or makes another token",
    "core": "backups are taken and drilled by the machine",
    "sync": "phones speak to it in their own tongue, through the same actions",
    "directory.seed_organisations": "a register comes as a file, through an import",
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
    told = {one for one in lacking if one in APART or one.split(".")[0] in APART}
    assert sorted(lacking - told) == []
    rooms = {one.split(".")[0] for one in lacking}
    assert [one for one in APART if one not in lacking | rooms] == [], "called now: take it out"
