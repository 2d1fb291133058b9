from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "marrow.people"
