from django.urls import path

from marrow.teams import views

app_name = "teams"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:mission>/", views.team, name="team"),
    path("<uuid:mission>/table.<str:ending>", views.table, name="table"),
    path("<uuid:mission>/seats/", views.seat, name="open"),
    path("<uuid:mission>/stage/", views.stage, name="stage"),
    path("seats/<uuid:seat>/", views.fill, name="fill"),
    path("seats/<uuid:seat>/drop/", views.drop, name="drop"),
    path("seats/<uuid:seat>/ask/<uuid:person>/", views.ask, name="ask"),
    path("seats/<uuid:seat>/apply/<uuid:person>/", views.apply, name="apply"),
    path("people/<uuid:assignment>/answer/", views.answer, name="answer"),
    path("people/<uuid:assignment>/select/", views.select, name="select"),
    path("people/<uuid:assignment>/since/", views.since, name="since"),
    path("people/<uuid:assignment>/withdraw/", views.withdraw, name="withdraw"),
    path("people/<uuid:assignment>/replace/", views.replace, name="replace"),
]
