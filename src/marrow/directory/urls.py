from django.urls import path

from marrow.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("search/", views.search, name="search"),
    path("pick/place/", views.pick_place, name="pick-place"),
    path("pick/organisation/", views.pick_organisation, name="pick-organisation"),
    path("new/", views.enter, name="enter"),
    path("doubles/", views.doubles, name="doubles"),
    path("places/<str:code>/table.<str:ending>", views.area_table, name="area-table"),
    path("places/<str:code>/", views.area, name="area"),
    path("<uuid:organisation>/", views.organisation, name="organisation"),
    path("<uuid:organisation>/change/", views.change, name="change"),
    path("<uuid:organisation>/place/", views.place, name="place"),
    path("<uuid:loser>/into/<uuid:winner>/", views.merge, name="merge"),
    path("<uuid:loser>/apart/", views.unmerge, name="unmerge"),
    path("<uuid:one>/not/<uuid:other>/", views.tell_apart, name="tell-apart"),
]
