"""Where the pages of this room stand. In an address there is nothing but codes and versions."""

from __future__ import annotations

from django.urls import path

from safeconduct.triage.views import cases, like, overrides, rules

app_name = "triage"
urlpatterns = [
    path("", overrides.overrides, name="overrides"),
    path("notices/<int:number>/", overrides.acknowledge, name="acknowledge"),
    path("rules/", rules.rules, name="rules"),
    path("rules/load/", rules.load, name="load"),
    path("rules/assess/", rules.reassess, name="reassess"),
    path("rules/<str:version>/", rules.rulebook, name="rulebook"),
    path("rules/<str:version>/compare/", rules.compare, name="compare"),
    path("runs/<str:run>/", rules.run, name="run"),
    path("like/", like.reports, name="like"),
    path("like/<str:report>/", like.report, name="like_report"),
    path("<str:code>/ask/", cases.ask, name="ask"),
    path("<str:code>/assess/", cases.assess, name="assess"),
    path("<str:code>/override/", overrides.ask, name="override"),
    path("<str:code>/override/<str:override>/", overrides.decide, name="decide"),
    path("<str:code>/override/<str:override>/end/", overrides.end, name="end"),
]
