from django.urls import path

from marrow.recognition.views import certificates

app_name = "recognition"
urlpatterns = [
    path("certificates/", certificates.check, name="check"),
    path("certificates/<str:code>/", certificates.proof, name="proof"),
    path("recognition/<uuid:mission>/", certificates.of_mission, name="certificates"),
    path("recognition/<uuid:mission>/issue/", certificates.issue, name="issue"),
    path("recognition/<uuid:mission>/certificates.pdf", certificates.print_all, name="print-all"),
    path(
        "recognition/certificate/<uuid:certificate>.pdf", certificates.print_one, name="print-one"
    ),
    path(
        "recognition/certificate/<uuid:certificate>/withdraw/", certificates.withdraw,
        name="withdraw",
    ),
]  # fmt: skip
