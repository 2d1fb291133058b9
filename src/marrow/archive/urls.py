from django.urls import path

from marrow.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.front, name="front"),
    path("map/", views.world, name="map"),
    path("timeline/", views.timeline, name="timeline"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<str:key>/", views.programme, name="programme"),
    path("series/<uuid:series>/", views.series, name="series"),
    path("batches/", views.missions, name="missions"),
    path("batches/table.<str:ending>", views.missions_table, name="missions-table"),
    path("batches/<uuid:mission>/", views.mission, name="mission"),
    path("figures/table.<str:ending>", views.figures_table, name="figures-table"),
    path("figures/", views.all_figures, name="figures"),
    path("honours/", views.honours, name="honours"),
    path("memorial/", views.memorial, name="memorial"),
]
