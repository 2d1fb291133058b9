"""A Marrow of its own that serves `/sync/v1` over HTTP and may be killed at any moment.

python -m tests.chaos.serving prepare|serve|held FOLDER [PHONES|PORT [CERTIFICATE]]

`serve` loads once and forks the server; each line on its input kills that one and starts the next.
With a certificate it speaks TLS, to whoever reaches this machine.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import ssl
import sys
import time
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django


def prepare(phones: int) -> dict[str, Any]:
    """Into a migrated database: a team on post and the phones that will record for it."""
    from marrow.accounts.queries import viewer_of  # noqa: PLC0415  after django.setup()
    from marrow.sync.actions import enrol  # noqa: PLC0415
    from tests.builders import a_few_places, personas  # noqa: PLC0415
    from tests.builders.on_post import a_team_on_post  # noqa: PLC0415

    people = personas(a_few_places()["CN"])
    team = a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    now, whose = dt.datetime.now(dt.UTC), ("leader", "member")
    told = [enrol(by=viewer_of(people[whose[n % 2]]), at=now) for n in range(phones)]
    return {
        "batch": str(team.mission.pk), "organisation": str(team.site.organisation_id),
        "phones": [[str(row.pk), token] for row, token in told],
    }  # fmt: skip


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


def _serve(port: int, certificate: str) -> None:
    from marrow.server.wsgi import application  # noqa: PLC0415

    for _n in range(100):
        try:
            where = "" if certificate else "127.0.0.1"
            server = make_server(where, port, application, _Server, _Quiet)
            break
        except OSError:
            time.sleep(0.02)
    if certificate:
        talk = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        talk.load_cert_chain(certificate)
        server.socket = talk.wrap_socket(  # hands are shaken where each request is read
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    server.serve_forever()


def serve(port: int, certificate: str = "") -> None:
    from marrow.server.wsgi import application  # noqa: F401, PLC0415  loaded before the fork

    while True:
        child = os.fork()
        if child == 0:
            _serve(port, certificate)
        sys.stdout.write("up\n")
        sys.stdout.flush()
        asked = sys.stdin.readline()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if not asked:
            return


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    django.setup()
    if sys.argv[1] == "serve":
        serve(int(sys.argv[3]), *sys.argv[4:])
    elif sys.argv[1] == "prepare":
        json.dump(prepare(int(sys.argv[3])), sys.stdout)
    else:
        from tests.chaos.oracle import held

        json.dump(held(), sys.stdout)
