"""Home, the search, what is done with several cases, kept choices, the jobs, the journal."""

from __future__ import annotations

from django.urls import path

from safeconduct.desk import views
from safeconduct.desk.figures.views import figures
from safeconduct.desk.search import views as search
from safeconduct.desk.worklist import views as worklist

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search, name="search"),
    path("several/", worklist.several, name="several"),
    path("views/", worklist.keep, name="keep_view"),
    path("views/<str:code>/drop/", worklist.drop, name="drop_view"),
    path("jobs/", views.jobs, name="jobs"),
    path("journal/", views.journal, name="journal"),
    path("figures/", figures, name="figures"),
]
