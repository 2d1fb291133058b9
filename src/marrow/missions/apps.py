from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "marrow.missions"
