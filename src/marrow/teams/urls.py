from django.urls import path

from marrow.teams.views import checklists, letters, seats

app_name = "teams"
urlpatterns = [
    path("", seats.mine, name="mine"),
    path("<uuid:mission>/", seats.team, name="team"),
    path("<uuid:mission>/table.<str:ending>", seats.table, name="table"),
    path("<uuid:mission>/seats/", seats.seat, name="open"),
    path("<uuid:mission>/stage/", seats.stage, name="stage"),
    path("<uuid:mission>/checklist/", checklists.board, name="checklist"),
    path("<uuid:mission>/checklist/give/", checklists.give, name="give"),
    path("checklist/<uuid:item>/", checklists.item, name="item"),
    path("checklist/<uuid:item>/waive/", checklists.waive, name="waive"),
    path("checklist/<uuid:item>/reopen/", checklists.reopen, name="reopen"),
    path("list/<str:key>/", checklists.listed, name="list"),
    path("<uuid:mission>/letters/", letters.letters, name="letters"),
    path("<uuid:mission>/letters/<str:kind>/<str:language>/", letters.preview, name="preview"),
    path(
        "<uuid:mission>/letters/<str:kind>/<str:language>/letter.<str:ending>",
        letters.letter,
        name="letter",
    ),
    path("templates/<str:key>/", letters.templates, name="templates"),
    path("template/<uuid:template>/drop/", letters.drop, name="drop-template"),
    path(
        "template/<str:kind>/<str:language>/layout.<str:ending>",
        letters.beginning,
        name="beginning",
    ),
    path("seats/<uuid:seat>/", seats.fill, name="fill"),
    path("seats/<uuid:seat>/drop/", seats.drop, name="drop"),
    path("seats/<uuid:seat>/ask/<uuid:person>/", seats.ask, name="ask"),
    path("seats/<uuid:seat>/apply/<uuid:person>/", seats.apply, name="apply"),
    path("people/<uuid:assignment>/answer/", seats.answer, name="answer"),
    path("people/<uuid:assignment>/select/", seats.select, name="select"),
    path("people/<uuid:assignment>/since/", seats.since, name="since"),
    path("people/<uuid:assignment>/withdraw/", seats.withdraw, name="withdraw"),
    path("people/<uuid:assignment>/replace/", seats.replace, name="replace"),
]
