from django.urls import path

from marrow.recognition.views import ceremonies, certificates, remembered

app_name = "recognition"
ONE = "recognition/certificate/<uuid:certificate>"
HELD = "recognition/ceremonies/<uuid:event>"
urlpatterns = [
    path("certificates/", certificates.check, name="check"),
    path("certificates/<str:code>/", certificates.proof, name="proof"),
    path("recognition/", ceremonies.index, name="index"),
    path("recognition/<uuid:mission>/", certificates.of_mission, name="certificates"),
    path("recognition/<uuid:mission>/issue/", certificates.issue, name="issue"),
    path("recognition/<uuid:mission>/certificates.pdf", certificates.print_all, name="print-all"),
    path(f"{ONE}.pdf", certificates.print_one, name="print-one"),
    path(f"{ONE}/withdraw/", certificates.withdraw, name="withdraw"),
    path(f"{HELD}/", ceremonies.ceremony, name="ceremony"),
    path(f"{HELD}/honour/", ceremonies.honour, name="honour"),
    path(f"{HELD}/agenda/", ceremonies.agenda, name="agenda"),
    path(f"{HELD}/honoured.<str:ending>", ceremonies.table, name="table"),
    path(f"{HELD}/programme.docx", ceremonies.programme, name="programme"),
    path("recognition/names/", remembered.names, name="names"),
    path("recognition/names/<uuid:fallen>/add/", remembered.remember, name="remember"),
    path("recognition/name/<uuid:remembered>/correct/", remembered.correct, name="correct-name"),
    path("recognition/name/<uuid:remembered>/consent/", remembered.consent, name="consent"),
    path(
        "recognition/name/<uuid:remembered>/withdraw/",
        remembered.withdraw_consent,
        name="withdraw-consent",
    ),
]
