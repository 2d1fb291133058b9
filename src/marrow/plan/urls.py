from django.urls import path

from marrow.plan.views import caps, parts, plans

app_name = "plan"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("new/", plans.make, name="make"),
    path("spared/", caps.caps, name="caps"),
    path("spared/new/", caps.set_cap, name="set-cap"),
    path("spared/<uuid:cap>/end/", caps.end_cap, name="end-cap"),
    path("<uuid:scenario>/", plans.plan, name="plan"),
    path("<uuid:scenario>/plan.xlsx", plans.book, name="book"),
    path("runs/<uuid:run>/problem.json", plans.problem, name="problem"),
    path("<uuid:scenario>/copy/", plans.copy, name="copy"),
    path("<uuid:scenario>/weights/", plans.weights, name="weights"),
    path("<uuid:scenario>/solve/", plans.solve, name="solve"),
    path("<uuid:scenario>/publish/", plans.publish, name="publish"),
    path("<uuid:scenario>/team/", parts.add_team, name="add-team"),
    path("<uuid:scenario>/out/", parts.out, name="out"),
    path("<uuid:scenario>/spare/", parts.spare, name="spare"),
    path("runs/<uuid:run>/stop/", plans.stop, name="stop"),
    path("runs/<uuid:run>/accept/", plans.accept, name="accept"),
    path("runs/<uuid:run>/leave/", plans.leave, name="leave"),
    path("teams/<uuid:team>/move/", parts.move_team, name="move-team"),
    path("teams/<uuid:team>/drop/", parts.drop_team, name="drop-team"),
    path("teams/<uuid:team>/seat/", parts.add_seat, name="add-seat"),
    path("seats/<uuid:planned>/", parts.change_seat, name="change-seat"),
    path("seats/<uuid:planned>/drop/", parts.drop_seat, name="drop-seat"),
    path("seats/<uuid:planned>/pin/", parts.pin, name="pin"),
    path("seats/<uuid:planned>/pin/<uuid:person>/", parts.pin_person, name="pin-person"),
    path("seats/<uuid:planned>/unpin/", parts.unpin, name="unpin"),
    path("happenings/<uuid:happening>/take-back/", parts.take_back, name="take-back"),
]
