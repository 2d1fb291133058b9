from django.urls import path

from marrow.activity import views

app_name = "activity"
urlpatterns = [
    path("", views.index, name="index"),
    path("review/", views.review_queue, name="queue"),
    path("words/", views.words, name="words"),
    path("missions/<uuid:mission>/", views.mission, name="mission"),
    path("missions/<uuid:mission>/months/", views.team_months, name="team"),
    path("missions/<uuid:mission>/rows/", views.team_rows, name="team-rows"),
    path("missions/<uuid:mission>/table.<str:ending>", views.team_table, name="team-table"),
    path("missions/<uuid:mission>/voices/", views.voices, name="voices"),
    path("voices/<uuid:voice>/void/", views.void_voice, name="void-voice"),
    path("assignments/", views.assignments, name="assignments"),
    path("visits/<uuid:visits>/void/", views.void, name="void"),
    path("hospitals/<uuid:organisation>/", views.place, name="place"),
    path("hospitals/<uuid:organisation>/rows/", views.place_rows, name="rows"),
    path("hospitals/<uuid:organisation>/table.<str:ending>", views.place_table, name="table"),
    path("hospitals/<uuid:organisation>/record/", views.record, name="record"),
    path("hospitals/<uuid:organisation>/report/", views.begin, name="begin"),
    path("hospitals/<uuid:organisation>/pass/<str:step>/", views.pass_all, name="pass-all"),
    path("deeds/<uuid:deed>/void/", views.void_deed, name="void-deed"),
    path("pictures/<uuid:picture>/", views.picture, name="picture"),
    path("pictures/<uuid:picture>/out/", views.take_out, name="take-out"),
    path("reports/<uuid:monthly>/", views.report, name="report"),
    path("reports/<uuid:monthly>/cells/", views.cells, name="cells"),
    path("reports/<uuid:monthly>/back/", views.back, name="back"),
    path("reports/<uuid:monthly>/new-version/", views.revise, name="revise"),
    path("reports/<uuid:monthly>/<str:step>/", views.step, name="step"),
]
