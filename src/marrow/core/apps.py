from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "marrow.core"

    def ready(self) -> None:
        from marrow.core.discovery import handed_in  # noqa: PLC0415  apps must be loaded first

        for name in ("actions", "jobs", "slots", "sync", "today"):
            handed_in(name)
