from django.urls import path

from marrow.missions import views

app_name = "missions"
urlpatterns = [
    path("series/<uuid:series>/batches/", views.batch, name="batch"),
    path("programmes/<str:key>/missions/", views.trip, name="trip"),
    path("programmes/<str:key>/remember/<str:part>/", views.remember, name="remember"),
    path("sites/<uuid:site>/hospital/", views.which, name="which"),
    path("sites/<uuid:site>/change/", views.change_site, name="change-site"),
    path("units/<uuid:unit>/change/", views.change_unit, name="change-unit"),
    path("honours/<uuid:honour>/change/", views.change_honour, name="change-honour"),
    path("donations/<uuid:donation>/change/", views.change_donation, name="change-donation"),
    path("missions/<uuid:mission>/change/", views.change, name="change"),
    path("missions/<uuid:mission>/add/<str:part>/", views.add, name="add"),
]
