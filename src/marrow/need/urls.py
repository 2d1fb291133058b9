from django.urls import path

from marrow.need import views

app_name = "need"
urlpatterns = [
    path("", views.index, name="index"),
    path("precision/", views.precision, name="precision"),
    path("outflow-template.<str:ending>", views.template, name="template"),
    path("at/<uuid:organisation>/", views.hospital, name="hospital"),
    path("at/<uuid:organisation>/left/", views.tell_of_hospital, name="tell-of-hospital"),
    path("at/<uuid:organisation>/people/", views.people_of_hospital, name="people-of-hospital"),
    path("at/<uuid:organisation>/way/", views.open_way, name="open-way"),
    path("ways/<uuid:way>/end/", views.end_way, name="end-way"),
    path("ways/<uuid:way>/back/", views.sent_back, name="sent-back"),
    path("of/<str:code>/", views.area, name="area"),
    path("of/<str:code>/left/", views.tell_of_area, name="tell-of-area"),
    path("of/<str:code>/people/", views.people_of_area, name="people-of-area"),
    path("left/<uuid:outflow>/", views.outflow, name="outflow"),
    path("left/<uuid:outflow>/correct/", views.correct, name="correct"),
    path("left/<uuid:outflow>/take-back/", views.take_back, name="take-back"),
    path("people/<uuid:catchment>/take-back/", views.take_back_people, name="take-back-people"),
    path("one/<uuid:need>/", views.need, name="need"),
    path("one/<uuid:need>/confirm/", views.confirm, name="confirm"),
    path("one/<uuid:need>/paper/", views.paper, name="paper"),
    path("one/<uuid:need>/link/", views.link, name="link"),
    path("one/<uuid:need>/decline/", views.decline, name="decline"),
    path("one/<uuid:need>/on/<str:state>/", views.move, name="move"),
    path("answers/<uuid:answer>/end/", views.unlink, name="unlink"),
    path("papers/<uuid:change>/", views.scan, name="scan"),
    path("<str:listing>/", views.listed, name="list"),
    path("<str:listing>/name/<str:catalogued>/", views.identify, name="identify"),
    path("<str:code>/<str:catalogued>/", views.item, name="item"),
]
