from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "marrow.accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  models come first

        from marrow.accounts.sessions import note_unsent  # noqa: PLC0415

        user_logged_in.connect(note_unsent)
