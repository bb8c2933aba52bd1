"""The pages of this room and the desk's own; and the room of cases as far as access needs it, with made-up cases."""

from __future__ import annotations

from django.urls import include, path

from safeconduct.people.access import CaseOutline
from safeconduct.people.views import access

# Filled by a test: code, outline.
CASES: dict[str, CaseOutline] = {}
told = {"outline_of": CASES.get}
cases = [
    path("<str:code>/", access.ask, told, name="case"),
    path("<str:code>/ask/", access.ask, told, name="ask"),
    path("<str:code>/break-glass/", access.break_glass, told, name="break_glass"),
    path("of/<str:member>/hand-over/", access.ask, told, name="hand_over_all"),
]
urlpatterns = [
    path("", include("safeconduct.desk.urls")),
    path("", include("safeconduct.people.urls")),
    path("cases/", include((cases, "cases"))),
    path("intake/", include("safeconduct.intake.urls")),
]
