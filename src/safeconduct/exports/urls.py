"""Exports, under exports/."""

from __future__ import annotations

from django.urls import path

from safeconduct.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="list"),
    path("ask/", views.ask, name="ask"),
    path("recipients/", views.recipients, name="recipients"),
    path("recipients/<str:code>/confirm/", views.confirm, name="confirm"),
    path("recipients/<str:code>/end/", views.end, name="end"),
    path("trace/", views.trace, name="trace"),
    path("record/<str:code>/", views.record, name="record"),
    path("<str:code>/", views.export, name="export"),
    path("<str:code>/agree/", views.agree, name="agree"),
    path("<str:code>/refuse/", views.refuse, name="refuse"),
    path("<str:code>/write/", views.write, name="write"),
    path("<str:code>/fetch/", views.fetch, name="fetch"),
    path("<str:code>/withdraw/", views.withdraw, name="withdraw"),
]
