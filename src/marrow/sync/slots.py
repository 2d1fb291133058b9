"""What sync hands in: the rail's entries, and the words of its work."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from marrow.core.viewer import Viewer
from marrow.sources.sentences import AT_READING, DANGER, tell
from marrow.sources.waiting import BY_ITS_ROOM, LEADS, TOGETHER
from marrow.sync.queries import in_words, phones, set_aside_count
from marrow.ui.panels import hand_in
from marrow.ui.rail import BOOKS, Entry, add
from marrow.ui.requests import MarrowRequest


def _own_phones(request: MarrowRequest, viewer: Viewer) -> dict[str, Any]:
    """One's own phones where one sees one's own browsers."""
    if not viewer.holds("member", "leader") or viewer.holds("admin", "office"):
        return {}
    found = phones(viewer, 10)
    return {"phones": found} if found else {}


def _to_line(href: str) -> str:
    """To the page on which a line (`#line-7`) stands by now, of all those that wait."""
    there, _mark, line = href.partition("#line-")
    return f"{there}?line={line}#line-{line}" if line else href


LEADS.update(dict.fromkeys(("SET_ASIDE", "SET_ASIDE_URGENT"), _to_line))
DANGER.add("SET_ASIDE_URGENT")
BY_ITS_ROOM.update(("SET_BACK", "SET_ASIDE", "SET_ASIDE_URGENT"))
TOGETHER["SET_ASIDE"] = lambda params: (params.get("account"), params.get("type"))
AT_READING["SET_ASIDE"] = in_words
hand_in("accounts.sessions", "sync/own_phones.html", _own_phones)
add(Entry(16, _("Phones"), "sync:phones", ("member", "leader", "office", "admin"), group=BOOKS))
add(
    Entry(
        17,
        _("Phones’ files"),
        "sync:brought",
        ("member", "leader", "office", "recipient"),
        group=BOOKS,
    )
)
add(Entry(15, _("Field app"), "sync:field", ("member", "leader")))
add(
    Entry(
        62,
        _("Set aside"),
        "sync:set-aside",
        ("office", "auditor", "admin"),
        set_aside_count,
        group=BOOKS,
    )
)
tell(
    {
        "SET_ASIDE": {
            "en": "{who}’s phone sent {what} that could not be taken: {why}.",
            "zh": "{who}的手机发来{what}，未能接收：{why}。",
            "fr": "Le téléphone de {who} a envoyé {what}, qui n’a pu être pris : {why}.",
        },
        "SET_ASIDE:MANY": {
            "en": "{who}’s phone: {n} lines could not be taken ({what}).",
            "zh": "{who}的手机有 {n} 条内容未能接收（{what}）。",
            "fr": "Téléphone de {who} : {n} lignes n’ont pu être prises ({what}).",
        },
        "SET_BACK": {
            "en": "The server was set back: a phone holds {lines} lines that we had acknowledged.",
            "zh": "服务器曾被恢复到较早状态：手机上有 {lines} 条曾经确认收到的内容。",
            "fr": "Le serveur a été restauré : un téléphone détient {lines} lignes déjà reçues.",
        },
        "SET_ASIDE_URGENT": {
            "en": "{who}’s phone called for help ({what}), and that could not be taken: {why}."
            " Look at it now.",
            "zh": "{who}的手机发来求助（{what}），但未能接收：{why}。请立即查看。",
            "fr": "Le téléphone de {who} a appelé à l’aide ({what}), ce qui n’a pu être pris :"
            " {why}. À voir maintenant.",
        },
    },
    {
        "SET_ASIDE_URGENT": {
            "en": "a call for help set aside",
            "zh": "暂存的求助",
            "fr": "un appel à l’aide mis de côté",
        },
        "SET_BACK": {"en": "server set back", "zh": "服务器回退", "fr": "serveur restauré"},
        "SET_ASIDE": {"en": "set aside", "zh": "暂存待查", "fr": "mis de côté"},
    },
)
