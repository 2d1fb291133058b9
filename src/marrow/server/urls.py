"""Every address of Marrow, room by room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marrow.server import api

urlpatterns: list[URLPattern | URLResolver] = [
    *api.urls,  # first: a program's call need not be held against the address of every page
    path("api/v1/", api.api.urls),
    path("", include("marrow.archive.urls")),
    path("", include("marrow.desk.urls")),
    path("", include("marrow.accounts.signing")),
    path("", include("marrow.accounts.urls")),
    path("", include("marrow.sources.urls")),
    path("", include("marrow.sync.urls")),
    path("office/", include("marrow.programmes.urls")),
    path("office/", include("marrow.missions.urls")),
    path("teams/", include("marrow.teams.urls")),
    path("posts/", include("marrow.posts.urls")),
    path("", include("marrow.recognition.urls")),
    path("handovers/", include("marrow.handovers.urls")),
    path("agreements/", include("marrow.agreements.urls")),
    path("hospitals/", include("marrow.hospitals.urls")),
    path("consults/", include("marrow.consults.urls")),
    path("briefs/", include("marrow.briefs.urls")),
    path("catalogue/", include("marrow.catalogue.urls")),
    path("people/", include("marrow.people.urls")),
    path("directory/", include("marrow.directory.urls")),
    path("activity/", include("marrow.activity.urls")),
    path("care/", include("marrow.capacity.urls")),
    path("entrusting/", include("marrow.entrusting.urls")),
    path("need/", include("marrow.need.urls")),
    path("plan/", include("marrow.plan.urls")),
]
