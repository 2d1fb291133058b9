from django.urls import path

from marrow.hospitals import views

app_name = "hospitals"
urlpatterns = [
    path("", views.asked, name="asked"),
    path("<uuid:organisation>/ask/", views.ask, name="ask"),
    path("<uuid:organisation>/broken/", views.broken, name="broken"),
    path("requests/<uuid:request_id>/answer/", views.answer, name="answer"),
    path("requests/<uuid:request_id>/close/", views.close, name="close"),
]
