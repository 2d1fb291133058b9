"""An export of a locked phone opens with the server's recovery key alone, and is taken once."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from marrow.activity.models import Visits
from marrow.missions.models import Mission
from marrow.sync.recovery import INFO, NotOpened, open_export, public_key
from tests.builders import NOW
from tests.builders.catalogued import a_list, a_version, an_item
from tests.unit.sync.phones import Phone

pytestmark = pytest.mark.django_db(transaction=True)


def _sealed(key: bytes, place: str, clear: bytes) -> str:
    nonce = os.urandom(12)
    told = AESGCM(key).encrypt(nonce, clear, place.encode())
    return base64.b64encode(nonce + told).decode()


def exported(phone: Phone) -> bytes:
    """What the app writes out: its lines under its key, the key wrapped for the server."""
    key, mine = os.urandom(32), ec.generate_private_key(ec.SECP256R1())
    point = base64.b64decode(public_key())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = HKDF(hashes.SHA256(), 32, salt=None, info=INFO).derive(
        mine.exchange(ec.ECDH(), theirs)
    )
    told = {
        "v": 1, "inst": str(phone.row.pk), "from": 1, "prev": "",
        "recovery": {
            "point": base64.b64encode(
                mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            ).decode(),
            "key": _sealed(shared, "dek", key),
        },
        "lines": [
            {"q": q, "c": _sealed(key, f"op:{q}", line)} for q, line in enumerate(phone.lines, 1)
        ],
    }  # fmt: skip
    return json.dumps(told).encode()


def test_an_export_is_opened_and_taken_any_number_of_times(
    phone: Phone, batch: Mission, tmp_path: Path
) -> None:
    phone.count(batch.pk, 7)
    phone.count(batch.pk, 5)
    file = tmp_path / "phone.json"
    file.write_bytes(exported(phone))
    assert open_export(file.read_bytes()).lines == tuple(phone.lines)
    for _n in range(3):
        call_command("open-export", file, "--take")
    phone.push()
    assert sorted(Visits.objects.values_list("count", flat=True)) == [5, 7]


def test_what_was_altered_or_is_another_servers_opens_not(
    phone: Phone, batch: Mission, tmp_path: Path, settings: LazySettings
) -> None:
    phone.count(batch.pk)
    whole = exported(phone)
    told = json.loads(whole)
    told["lines"][0]["q"] = 2
    file = tmp_path / "phone.json"
    for bad in (b"", b"{}", json.dumps(told).encode()):
        with pytest.raises(NotOpened):
            open_export(bad)
        file.write_bytes(bad)
        with pytest.raises(CommandError):
            call_command("open-export", file)
    settings.RECORD_KEY = "another server's"
    with pytest.raises(NotOpened):
        open_export(whole)


def test_the_app_runs_wasm_and_no_other_page_does(signed_in: dict[str, Client]) -> None:
    app = signed_in["leader"].get("/field/")
    assert "script-src 'self' 'wasm-unsafe-eval';" in app.headers["Content-Security-Policy"]
    assert public_key() in app.content.decode()
    other = signed_in["leader"].get("/phones/")
    assert "wasm" not in other.headers["Content-Security-Policy"]


def test_a_phone_keeps_the_items_of_the_lists_that_hold_where_its_team_is(
    signed_in: dict[str, Client], batch: Mission
) -> None:
    here, elsewhere, later = (an_item(name) for name in ("Caesarean", "Frostbite", "Graft"))
    a_version(a_list().key, [here])
    a_version(a_list("Later").key, [later], NOW.date() + dt.timedelta(days=1500))
    a_version(a_list("Far", area="CN").key, [elsewhere])
    told = signed_in["leader"].get("/field/reference/").json()
    assert [(i["id"], i["n"]["en"]) for i in told["items"]] == [(str(here.pk), "Caesarean")]


def test_a_phone_keeps_what_it_needs_to_record_with_no_network(
    signed_in: dict[str, Client], batch: Mission
) -> None:
    told = signed_in["leader"].get("/field/reference/").json()
    assert [m["id"] for m in told["missions"]] == [str(batch.pk)]
    assert told["words"]["kinds"]["VISIT"]["zh"] == "诊疗人次"
    assert told["items"] == []
    assert signed_in["recipient"].get("/field/reference/").status_code == 403
