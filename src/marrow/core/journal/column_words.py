"""What the journal's columns are called on history pages; a test finds one without words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLUMN_WORDS: dict[str, str | Promise] = {
    "about": _("about"), "about_model": _("kind of record"), "account_id": _("account"),
    "address": _("address"), "area_id": _("place"), "arrived_on": _("arrived"),
    "as_of": _("as of"), "as_told": _("as told"), "attained_on": _("attained"),
    "authority_id": _("approved by"), "body": _("given by"), "chain": _("chain of sources"),
    "code": _("code"), "consortium_id": _("consortium"), "count": _("count"),
    "decided_at": _("decided"), "decided_by": _("decided by"), "departed_on": _("left"),
    "derived": _("how it was worked out"), "document": _("document"), "document_id": _("document"),
    "donation_id": _("donation"), "done_at": _("done"), "done_by": _("done by"),
    "due_on": _("due"), "effect": _("what accepting does"), "ended_on": _("ended"),
    "ends_on": _("term ends"), "event_id": _("event"), "field": _("field"),
    "fingerprint": _("fingerprint"), "given_on": _("given"), "grade": _("grade"),
    "held_on": _("held"), "incomplete": _("incomplete statistics"), "invented": _("invented"),
    "iso3": _("three-letter code"), "key": _("key"), "kind": _("kind"), "language": _("language"),
    "lat": _("latitude"), "level": _("level"), "lon": _("longitude"), "lower_area_id": _("member"),
    "lower_id": _("member"), "m49": _("M49 code"), "mission_id": _("batch or mission"),
    "mode": _("form"), "moment": _("restored to"),
    "months": _("work period, months"), "names": _("name"),
    "number": _("number"), "office": _("office"), "one_id": _("one"), "opened_at": _("opened"),
    "organisation_id": _("organisation"), "other_id": _("the other"),
    "outside_id": _("the file's own number"), "owner_as_told": _("run by"), "params": _("details"),
    "parent_id": _("lies in"), "parties": _("signed by"), "path": _("path"),
    "period": _("period"), "persons": _("persons"), "place": _("place"),
    "planned_end_on": _("planned end"), "precision": _("precision"),
    "programme_id": _("programme"), "published_on": _("published"), "publisher": _("publisher"),
    "purposes": _("purpose"), "quote_id": _("quote"), "quotes": _("quotes"),
    "raised_at": _("raised"), "rank": _("place in the chain"), "read_on": _("read on"),
    "reason": _("reason"), "recipient_area_id": _("recipient"),
    "recipient_department_id": _("recipient's department"), "recipient_id": _("recipient"),
    "recurs": _("recurs"), "rest_months": _("months of rest"),
    "resumed_on": _("sent again"), "returned_on": _("returned"),
    "revoked_at": _("revoked"), "role": _("role"), "row": _("row"), "scheme": _("register"),
    "scope": _("scope"), "sealed_name": _("name"), "sealed_note": _("note"),
    "search": _("search words"),
    "sender_area_id": _("sender"), "sender_body_id": _("sent by"),
    "sender_department_id": _("sender's department"), "sender_id": _("sender"),
    "series_id": _("series"), "sha256": _("fingerprint"), "signed_on": _("agreement signed"),
    "since": _("since"), "size": _("persons"), "spoke": _("spoke"),
    "standing": _("standing"), "started_on": _("since"), "starts_on": _("term starts"),
    "state": _("state"), "status": _("status"), "status_as_of": _("status as of"),
    "stopped_on": _("stopped"), "successor_id": _("merged into"), "tags": _("what marks it"),
    "text": _("words"), "thing": _("limited to"), "title": _("title"), "to": _("given to"),
    "told": _("as the register tells it"), "tongues": _("the same in other languages"),
    "track": _("track"),
    "type_as_told": _("type as told"), "unit": _("unit"), "upper_id": _("led by"),
    "value": _("value"), "void_reason": _("why it is void"), "what": _("what happened"),
    "event": _("event"), "ended_at": _("ended"), "made_at": _("made"),
    "ended_by": _("ended by"), "ended_name": _("who ended it"),
    "declined_side": _("side that declined"),
    "name": _("name"), "password_sha256": _("fingerprint of the password"), "roles": _("roles"),
    "taken_at": _("taken"), "file": _("file"), "folder": _("folder"),
    "database": _("database"), "rows": _("rows"), "head": _("end of the journal"),
    "faults": _("faults"), "grants": _("roles"),
    "code_sha256": _("fingerprint of the code"), "issued_by": _("issued by"),
    "clears_factors": _("removes passkeys and apps"), "issued_at": _("issued"),
    "expires_at": _("holds until"), "used_at": _("used"), "withdrawn_at": _("withdrawn"),
}  # fmt: skip


def name_columns(words: Mapping[str, str | Promise]) -> None:
    """What a room calls the columns that only it has."""
    for column, word in words.items():
        if COLUMN_WORDS.setdefault(column, word) != word:
            raise ValueError(f"{column} is called {COLUMN_WORDS[column]} already, not {word}.")
