from django.urls import path

from marrow.capacity import views

app_name = "capacity"
urlpatterns = [
    path("", views.index, name="index"),
    path("explained/", views.explained, name="explained"),
    path("introduced/", views.introduced, name="introduced"),
    path("introduced.<str:ending>", views.introduced_sheet, name="introduced-sheet"),
    path("mine/", views.mine, name="mine"),
    path("to-sign/", views.to_sign, name="to-sign"),
    path("list/<str:listing>/", views.matrix, name="matrix"),
    path("list/<str:listing>/expect/", views.expect, name="expect"),
    path(
        "list/<str:listing>/expect/<uuid:organisation>/end/",
        views.expect_no_longer,
        name="expect-no-longer",
    ),
    path("list/<str:listing>/changes/", views.changes, name="changes"),
    path("list/<str:listing>/sheet.<str:ending>", views.sheet, name="sheet"),
    path("list/<str:listing>/item/<str:catalogued>/", views.item, name="item"),
    path("at/<uuid:organisation>/", views.hospital, name="hospital"),
    path("at/<uuid:organisation>/propose/", views.which, name="which"),
    path("at/<uuid:organisation>/propose/<str:catalogued>/", views.propose, name="propose"),
    path("at/<uuid:organisation>/machine/", views.machine, name="machine"),
    path("at/<uuid:organisation>/book.pdf", views.book, name="book"),
    path("at/<uuid:organisation>/staff/", views.staff, name="staff"),
    path("at/<uuid:organisation>/supply/", views.supply, name="supply"),
    path("at/<uuid:organisation>/measured/", views.appraise, name="appraise"),
    path("at/<uuid:organisation>/stand-by/", views.offer, name="offer"),
    path(
        "at/<uuid:organisation>/still/<str:catalogued>/<uuid:mission>/<int:months>/",
        views.check,
        name="check",
    ),
    path("supervisions/<uuid:supervision>/accept/", views.accept, name="accept"),
    path("supervisions/<uuid:supervision>/end/", views.end_supervision, name="end-supervision"),
    path("machines/<uuid:equipment>/", views.tell, name="tell"),
    path("steps/<uuid:rung>/", views.step, name="step"),
    path("evidence/<uuid:evidence>/void/", views.void_evidence, name="void-evidence"),
    path("steps/<uuid:rung>/sign/<str:side>/", views.sign, name="sign"),
    path("steps/<uuid:rung>/decline/<str:side>/", views.decline, name="decline"),
    path("steps/<uuid:rung>/cases/", views.show_anew, name="show-anew"),
    path("steps/<uuid:rung>/end/", views.end, name="end"),
    path("steps/<uuid:rung>/words/", views.reword, name="reword"),
]
