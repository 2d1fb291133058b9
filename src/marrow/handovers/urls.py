from django.urls import path

from marrow.handovers import views

app_name = "handovers"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("of/<uuid:mission>/", views.of, name="of"),
    path("of/<uuid:mission>/begin/", views.begin, name="begin"),
    path("<uuid:handover>/next/", views.follows, name="next"),
    path("<uuid:handover>/support/", views.plan, name="plan"),
    path("<uuid:handover>/add/<str:part>/", views.add, name="add"),
    path("<uuid:handover>/remove/<str:part>/<uuid:line>/", views.remove, name="remove"),
    path("<uuid:handover>/hand-in/", views.hand_in, name="hand-in"),
    path("<uuid:handover>/take-back/", views.take_back, name="take-back"),
    path("<uuid:handover>/sign/<str:side>/", views.sign, name="sign"),
    path("<uuid:handover>/paper/<str:side>/", views.paper, name="paper"),
    path("<uuid:handover>/table.<str:ending>", views.table, name="table"),
    path("settle/<str:part>/<uuid:line>/", views.settle, name="settle"),
    path("support/<uuid:follow_up>/", views.tell, name="tell"),
]
