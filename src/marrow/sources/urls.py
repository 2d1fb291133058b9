from django.urls import path, register_converter

from marrow.sources import views
from marrow.sources.intake import views as intake


class Decision:
    """Accept or dismiss."""

    regex = "accept|dismiss"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Decision, "decision")
app_name = "sources"
urlpatterns = [
    path("facts/<uuid:about>/<str:field>/", views.told, name="told"),
    path("told/<uuid:fact>/strike/", views.strike, name="strike"),
    path("documents/pick/", views.pick, name="pick"),
    path("documents/", views.documents, name="documents"),
    path("documents/<uuid:document>/", views.document, name="document"),
    path("findings/", views.findings, name="findings"),
    path("findings/table.<str:ending>", views.findings_table, name="findings-table"),
    path("findings/<uuid:finding>/<decision:decision>/", views.decide, name="decide"),
    path("waiting/<uuid:item>/", views.work, name="work"),
    path("waiting/<uuid:item>/done/", views.finish, name="finish"),
    path("imports/", intake.imports, name="imports"),
    path("imports/<uuid:intake>/", intake.intake, name="intake"),
    path("imports/<uuid:intake>/rows.<str:ending>", intake.problem_table, name="problem-table"),
    path("imports/<uuid:intake>/columns/", intake.map_columns, name="map-columns"),
    path("imports/<uuid:intake>/start/", intake.start, name="start"),
    path("imports/<uuid:intake>/cancel/", intake.cancel, name="cancel"),
]
