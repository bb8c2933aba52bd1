"""Home, the jobs, the journal."""

from __future__ import annotations

from django.urls import path

from safeconduct.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("jobs/", views.jobs, name="jobs"),
    path("journal/", views.journal, name="journal"),
]
