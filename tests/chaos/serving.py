"""A Marrow of its own that serves `/sync/v1` over HTTP and may be killed at any moment.

python -m tests.chaos.serving prepare|serve|held FOLDER [PORT]

`serve` loads once and forks the server; each line on its input kills that one and starts the next.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django

PHONES = 4


def prepare(folder: Path) -> dict[str, Any]:
    """Into a migrated database: a batch and the phones that will count for it."""
    from marrow.accounts.queries import viewer_of  # noqa: PLC0415  after django.setup()
    from marrow.sync.actions import enrol  # noqa: PLC0415
    from tests.builders import NOW, a_batch, a_few_places, a_series, personas  # noqa: PLC0415

    people = personas(a_few_places()["CN"])
    batch = a_batch(30, a_series(), status="ON_POST")
    told = [enrol(by=viewer_of(people[("leader", "member")[n % 2]]), at=NOW) for n in range(PHONES)]
    return {"batch": str(batch.pk), "phones": [[str(row.pk), token] for row, token in told]}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


def _serve(port: int) -> None:
    from marrow.server.wsgi import application  # noqa: PLC0415

    for _n in range(100):
        try:
            server = make_server("127.0.0.1", port, application, _Server, _Quiet)
            break
        except OSError:
            time.sleep(0.02)
    server.serve_forever()


def serve(port: int) -> None:
    from marrow.server.wsgi import application  # noqa: F401, PLC0415  loaded before the fork

    while True:
        child = os.fork()
        if child == 0:
            _serve(port)
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
    folder = Path(sys.argv[2])
    if sys.argv[1] == "serve":
        serve(int(sys.argv[3]))
    elif sys.argv[1] == "prepare":
        json.dump(prepare(folder), sys.stdout)
    else:
        from tests.chaos.oracle import held

        json.dump(held(), sys.stdout)
