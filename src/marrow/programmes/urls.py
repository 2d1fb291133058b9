from django.urls import path

from marrow.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/new/", views.found, name="found"),
    path("programmes/<str:key>/change/", views.change, name="change"),
    path("programmes/<str:key>/rest/", views.rest, name="rest"),
    path("programmes/<str:key>/series/", views.series, name="series"),
    path("programmes/<str:key>/add/<str:part>/", views.add, name="add"),
    path("agreements/<uuid:agreement>/change/", views.change_agreement, name="change-agreement"),
    path("events/<uuid:event>/change/", views.change_event, name="change-event"),
    path("series/<uuid:series>/change/", views.change_series, name="change-series"),
    path("series/<uuid:series>/pause/", views.pause, name="pause"),
]
