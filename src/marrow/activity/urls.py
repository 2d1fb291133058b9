from django.urls import path

from marrow.activity import views

app_name = "activity"
urlpatterns = [
    path("missions/<uuid:mission>/", views.mission, name="mission"),
    path("assignments/", views.assignments, name="assignments"),
    path("visits/<uuid:visits>/void/", views.void, name="void"),
]
