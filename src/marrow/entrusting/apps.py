from django.apps import AppConfig


class EntrustingConfig(AppConfig):
    name = "marrow.entrusting"
