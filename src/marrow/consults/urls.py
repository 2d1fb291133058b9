from django.urls import path

from marrow.consults import views

app_name = "consults"
urlpatterns = [
    path("", views.index, name="index"),
    path("ask/", views.choose, name="choose"),
    path("ask/<uuid:organisation>/", views.ask, name="ask"),
    path("<uuid:consult>/", views.case, name="case"),
    path("<uuid:consult>/change/", views.change, name="change"),
    path("<uuid:consult>/photos/", views.add_photos, name="add-photos"),
    path("<uuid:consult>/photos/<uuid:photo>/", views.photo, name="photo"),
    path("<uuid:consult>/photos/<uuid:photo>/remove/", views.remove_photo, name="remove-photo"),
    path("<uuid:consult>/send/", views.submit, name="submit"),
    path("<uuid:consult>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:consult>/take/", views.take, name="take"),
    path("<uuid:consult>/turn-down/", views.turn_down, name="turn-down"),
    path("<uuid:consult>/assign/", views.assign, name="assign"),
    path("<uuid:consult>/decline/", views.decline, name="decline"),
    path("<uuid:consult>/opinion/", views.opinion, name="opinion"),
    path("<uuid:consult>/outcome/", views.outcome, name="outcome"),
]
