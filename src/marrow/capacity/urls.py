from django.urls import path

from marrow.capacity import views

app_name = "capacity"
urlpatterns = [
    path("", views.index, name="index"),
    path("explained/", views.explained, name="explained"),
    path("to-sign/", views.to_sign, name="to-sign"),
    path("list/<str:listing>/", views.matrix, name="matrix"),
    path("list/<str:listing>/expect/", views.expect, name="expect"),
    path("at/<uuid:organisation>/", views.hospital, name="hospital"),
    path("at/<uuid:organisation>/propose/", views.which, name="which"),
    path("at/<uuid:organisation>/propose/<str:catalogued>/", views.propose, name="propose"),
    path("at/<uuid:organisation>/machine/", views.machine, name="machine"),
    path("machines/<uuid:equipment>/", views.tell, name="tell"),
    path("steps/<uuid:rung>/", views.step, name="step"),
    path("steps/<uuid:rung>/sign/<str:side>/", views.sign, name="sign"),
    path("steps/<uuid:rung>/end/", views.end, name="end"),
]
