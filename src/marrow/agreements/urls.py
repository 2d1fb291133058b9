from django.urls import path

from marrow.agreements.views import checks, lessons, mending, sheets, work

app_name = "agreements"
urlpatterns = [
    path("", work.mine, name="mine"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<uuid:lesson>/", lessons.lesson, name="lesson"),
    path("lessons/<uuid:lesson>/take/", lessons.take, name="take"),
    path("about/<str:key>/", lessons.service, name="service"),
    path("of/<str:key>/", work.work, name="work"),
    path("of/<str:key>/add/<str:part>/", work.add, name="add"),
    path("requirements/<uuid:requirement>/answer/", work.answer, name="answer"),
    path("entries/<str:entry_kind>/<uuid:entry>/change/", mending.change, name="change"),
    path("entries/<str:entry_kind>/<uuid:entry>/take-back/", mending.take_back, name="take-back"),
    path("office/<uuid:member>/leave/", work.leave, name="leave"),
    path("sheets/<uuid:task_sheet>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:task_sheet>/table.<str:ending>", sheets.table, name="table"),
    path("sheets/<uuid:task_sheet>/task/", sheets.task, name="task"),
    path("aims/<uuid:aimed>/how-far/", sheets.how_far, name="how-far"),
    path("aims/<uuid:aimed>/drop/", sheets.drop, name="drop"),
    path("partnerships/<uuid:partnership>/health/", checks.health, name="health"),
    path("partnerships/<uuid:partnership>/health/<str:side>/", checks.check, name="check"),
]
