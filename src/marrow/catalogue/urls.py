from django.urls import path

from marrow.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="index"),
    path("table.<str:ending>", views.table, name="table"),
    path("pick/", views.pick, name="pick"),
    path("items/new/", views.enter, name="enter"),
    path("items/<slug:catalogued>/", views.item, name="item"),
    path("items/<slug:catalogued>/change/", views.change, name="change"),
    path("items/<slug:catalogued>/needs/", views.need, name="need"),
    path("needs/<uuid:needed>/drop/", views.drop, name="drop"),
    path("lists/", views.lists, name="lists"),
    path("lists/new/", views.open_list, name="open-list"),
    path("lists/<slug:listing>/", views.list_page, name="list"),
    path("lists/<slug:listing>/publish/", views.publish, name="publish"),
    path("lists/<slug:listing>/change/", views.rename, name="rename"),
    path("lists/<slug:listing>/<int:number>/", views.version, name="version"),
    path(
        "lists/<slug:listing>/<int:number>.<str:ending>", views.version_table, name="version-table"
    ),
]
