from django.urls import path

from marrow.briefs import views

app_name = "briefs"
urlpatterns = [
    path("", views.index, name="index"),
    path("teams/<uuid:mission>/", views.team, name="team"),
    path("teams/<uuid:mission>/write/<str:month>/", views.write, name="write"),
    path("<uuid:brief>/", views.brief, name="brief"),
    path("<uuid:brief>/send/", views.send, name="send"),
    path("<uuid:brief>/brief-<str:language>.pdf", views.paper, name="paper"),
    path("teams/<uuid:mission>/day/", views.daily, name="daily"),
    path("teams/<uuid:mission>/day/report.<str:ending>", views.daily_file, name="daily-file"),
    path("teams/<uuid:mission>/list/", views.operating, name="list"),
    path("teams/<uuid:mission>/list/add/", views.put, name="put"),
    path("teams/<uuid:mission>/list/list.<str:ending>", views.list_file, name="list-file"),
    path("list/<uuid:screened>/operation/", views.operated, name="operated"),
    path("list/<uuid:screened>/check/<str:check>/", views.check, name="check"),
    path("list/<uuid:screened>/void/", views.void, name="void"),
]
