from django.urls import path

from marrow.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="index"),
    path("table.<str:ending>", views.table, name="table"),
    path("roster-template.xlsx", views.template, name="template"),
    path("new/", views.enter, name="enter"),
    path("me/", views.me, name="me"),
    path("<uuid:person>/", views.person, name="person"),
    path("<uuid:person>/change/", views.change, name="change"),
    path("<uuid:person>/add/<str:part>/", views.add, name="add"),
    path("<uuid:person>/account/", views.account, name="account"),
    path("<uuid:person>/mine/", views.mine, name="mine"),
    path("<uuid:person>/wish/", views.wish, name="wish"),
    path("wishes/<uuid:wish>/end/", views.end_wish, name="end-wish"),
    path("<uuid:person>/couple/", views.couple, name="couple"),
    path("couples/<uuid:couple>/end/", views.end_couple, name="end-couple"),
    path("<uuid:person>/care/", views.care, name="care"),
    path("<uuid:person>/care/contact/", views.contact, name="contact"),
    path("<uuid:person>/care/me/", views.feeling, name="feeling"),
]
