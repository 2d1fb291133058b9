"""How long properties search: the same examples on every run, and seconds at most."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    # each example rolls its own world back, so a fixture may serve them all
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("house")
