from django.urls import path

from marrow.sync import views
from marrow.sync.doors import carried, health, tus

app_name = "sync"
urlpatterns = [
    path("field/", views.field, name="field"),
    path("field/sw.js", views.worker, name="worker"),
    path("field/<str:language>.webmanifest", views.manifest, name="manifest"),
    path("field/reference/", views.reference, name="reference"),
    path("field/enrol/", views.enrol, name="enrol"),
    path("sync/v1", views.push, name="push"),
    path("sync/files/", tus.files, name="files"),
    path("sync/files/<uuid:upload>/", tus.file, name="file"),
    path("sync/key", carried.key, name="key"),
    path("phones/files/", carried.brought, name="brought"),
    path("phones/files/bring/", carried.bring, name="bring"),
    path("phones/files/<int:carried>/receipt/", carried.receipt, name="receipt"),
    path("phones/", views.phones, name="phones"),
    path("phones/<uuid:phone>/end/", views.end_phone, name="end-phone"),
    path("phones/<uuid:phone>/name/", views.name_phone, name="name-phone"),
    path("phones/health/", health.health, name="health"),
    path("phones/health/losses/<int:loss>/end/", health.let_be, name="let-be"),
    path("phones/set-aside/", views.set_aside, name="set-aside"),
    path("phones/set-aside/<int:receipt>/leave/", views.leave, name="leave"),
    path("phones/set-aside/<int:receipt>/", views.try_again, name="try-again"),
]
