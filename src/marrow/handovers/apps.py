from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "marrow.handovers"
