from django.urls import path

from marrow.missions import views

app_name = "missions"
urlpatterns = [
    path("series/<uuid:series>/batches/", views.batch, name="batch"),
    path("programmes/<str:key>/missions/", views.trip, name="trip"),
    path("programmes/<str:key>/remember/<str:part>/", views.remember, name="remember"),
    path("sites/<uuid:site>/hospital/", views.which, name="which"),
    path("missions/<uuid:mission>/change/", views.change, name="change"),
    path("missions/<uuid:mission>/add/<str:part>/", views.add, name="add"),
]
