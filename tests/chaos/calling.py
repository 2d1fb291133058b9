"""A phone's own patience over TLS: one request at a time, given up when nothing has moved for 25
seconds, tried again after a pause with half as much."""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import random
import ssl
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.chaos.devices import Cut, Device

PATIENCE = 25.0  # seconds with nothing moving; as the app's `net.ts`
WAIT, LONGEST = 5.0, 900.0  # seconds after a failure; as the app's `pace.ts`


def a_certificate(folder: Path) -> Path:
    """Of three: a root that signs another, which signs the server's, as public ones are sent."""
    now, above, issuer, pem = dt.datetime.now(dt.UTC), None, None, b""
    for name in ("Test root", "Test between", "marrow.test"):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer or subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=2))
            .add_extension(x509.BasicConstraints(name != "marrow.test", None), critical=True)
            .sign(above or key, hashes.SHA256())
        )
        if above:
            pem = made.public_bytes(Encoding.PEM) + pem
        above, issuer = key, subject
    file = folder / "certificate.pem"
    file.write_bytes(
        above.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + pem
        if above
        else pem
    )
    return file


@dataclass(slots=True)
class Caller:
    """Sends as the app does, to a server by its address."""

    address: str
    port: int
    dice: random.Random
    tries: int = 0
    arrived: float | None = None  # when the phone knew that all it kept had arrived

    def send(self, packed: bytes, token: str) -> bytes:
        self.tries += 1
        headers = {
            "Authorization": f"Marrow {token}", "Content-Encoding": "gzip",
            "Content-Type": "application/x-ndjson", "Host": "localhost",
            "Accept-Encoding": "gzip",
        }  # fmt: skip
        talk = ssl.create_default_context()
        talk.check_hostname, talk.verify_mode = False, ssl.CERT_NONE
        until = time.monotonic() + PATIENCE
        door = http.client.HTTPSConnection(self.address, self.port, timeout=PATIENCE, context=talk)
        try:
            door.connect()
            door.sock.settimeout(max(0.1, until - time.monotonic()))
            door.request("POST", "/sync/v1", packed, headers)
            door.sock.settimeout(max(0.1, until - time.monotonic()))
            answer = door.getresponse()
            if door.sock:
                door.sock.settimeout(PATIENCE)
            told = answer.read()
        except (OSError, http.client.HTTPException) as broken:
            raise Cut(str(broken)) from broken
        finally:
            door.close()
        if answer.status != 200:
            raise Cut(str(answer.status))
        packed_too = answer.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(told) if packed_too else told

    def all(self, device: Device, until: float) -> None:
        """Until all is sent and read, pausing after a failure as long as the app does."""
        failures = 0
        while time.monotonic() < until:
            try:
                ended = device.sync(self.send)
                if self.arrived is None and device.acked == len(device.lines):
                    self.arrived = time.monotonic()
                if ended:
                    return
                device.at_once, failures = min(480, device.at_once * 2), 0
                device.most = min(65_536, device.most * 2)
            except Cut:
                device.at_once = max(1, device.at_once // 2)
                device.most = max(2048, device.most // 2)
                most = min(LONGEST, WAIT * 2**failures)
                failures += 1
                time.sleep(1 + self.dice.random() * most)
        raise AssertionError("it never ended")
