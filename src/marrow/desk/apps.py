from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "marrow.desk"
