from django.urls import path

from marrow.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.today, name="today"),
    path("desk/guide/end/", views.end_guide, name="end-guide"),
    path("hospital/", views.hospitals, name="hospitals"),
    path("hospital/<uuid:organisation>/", views.hospital, name="hospital"),
    path("history/<str:model>/<uuid:record>/", views.history, name="history"),
    path("words/<str:model>/<uuid:record>/", views.words, name="words"),
    path("journal/", views.journal, name="journal"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:job>/again/", views.again, name="again"),
    path("journal/acts/<uuid:act>/", views.act, name="act"),
    path("settings/letters/", views.letters, name="letters"),
    path("settings/letters/confirm/<str:token>/", views.confirm, name="confirm"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
    path("settings/backups/", views.backups, name="backups"),
    path("journal/undo/<uuid:act>/", views.take_back, name="undo"),
]
