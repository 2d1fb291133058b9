from django.urls import path

from marrow.entrusting.views import bringing_on, card, firsts, logbook

app_name = "entrusting"
urlpatterns = [
    path("", logbook.index, name="index"),
    path("mine/", logbook.mine, name="mine"),
    path("hosted/", bringing_on.hosted, name="hosted"),
    path("cases/", logbook.to_confirm, name="to-confirm"),
    path("cases/<uuid:case>/confirm/", logbook.confirm, name="confirm"),
    path("cases/<uuid:case>/decline/", logbook.decline, name="decline"),
    path("people/<uuid:person>/", logbook.book, name="logbook"),
    path("people/<uuid:person>/case/", logbook.log, name="log"),
    path("people/<uuid:person>/entrust/", logbook.entrust, name="entrust"),
    path("at/<uuid:organisation>/", logbook.hospital, name="hospital"),
    path("at/<uuid:organisation>/colleague/", logbook.colleague, name="colleague"),
    path("at/<uuid:organisation>/brought-on/", bringing_on.brought_on, name="brought-on"),
    path("at/<uuid:organisation>/pair/", bringing_on.pair, name="pair"),
    path("pairs/<uuid:pair_of_two>/end/", bringing_on.end_pair, name="end-pair"),
    path("at/<uuid:organisation>/study/", bringing_on.study, name="study"),
    path("studies/<uuid:study>/end/", bringing_on.end_study, name="end-study"),
    path("at/<uuid:organisation>/talent/", bringing_on.talent, name="talent"),
    path("at/<uuid:organisation>/base/", bringing_on.base, name="base"),
    path("bases/<uuid:base>/end/", bringing_on.end_base, name="end-base"),
    path("bases/<uuid:base>/channel/", bringing_on.channel, name="channel"),
    path("channels/<uuid:channel>/end/", bringing_on.close_channel, name="close-channel"),
    path("at/<uuid:organisation>/hand-down/", bringing_on.hand_down, name="hand-down"),
    path("firsts/", firsts.register, name="firsts"),
    path("firsts/<uuid:first>/", firsts.first, name="first"),
    path("firsts/<uuid:first>/confirm/", firsts.confirm, name="confirm-first"),
    path("firsts/<uuid:first>/decline/", firsts.decline, name="decline-first"),
    path("at/<uuid:organisation>/first/", firsts.propose, name="propose-first"),
    path("card/<str:key>/<str:figure>/", card.rows, name="card"),
]
