from django.urls import path

from marrow.posts import views

app_name = "posts"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:mission>/", views.post, name="post"),
    path("<uuid:mission>/<str:sheet>.<str:ending>", views.table, name="table"),
    path("<uuid:mission>/check-in/", views.check_in, name="check-in"),
    path("<uuid:mission>/watch/", views.watch, name="watch"),
    path("<uuid:mission>/incidents/", views.incident, name="incident"),
    path("incidents/<uuid:incident>/", views.close, name="close"),
    path("<uuid:mission>/objectives/", views.objective, name="objective"),
    path("objectives/<uuid:objective>/agree/", views.agree, name="agree"),
    path("objectives/<uuid:objective>/score/", views.score, name="score"),
    path("objectives/<uuid:objective>/drop/", views.drop, name="drop"),
    path("<uuid:mission>/milestones/", views.milestone, name="milestone"),
    path("milestones/<uuid:milestone>/reached/", views.reached, name="reached"),
    path("<uuid:mission>/extend/", views.extend, name="extend"),
    path("<uuid:mission>/regards/", views.regards, name="regards"),
]
