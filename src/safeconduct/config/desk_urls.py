"""Every URL of the desk. A URL that tests/guards/test_permissions.py does not list fails the build."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from safeconduct.cases import urls as cases
from safeconduct.desk.worklist.views import worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("safeconduct.desk.urls")),
    path("", include("safeconduct.people.urls")),  # door/, office/, me/, access/, lock-down/
    # The list joins covers with what rooms above that of cases know of them, so the desk has it.
    path("cases/", include(([path("", worklist, name="list"), *cases.urlpatterns], "cases"))),
    path("intake/", include("safeconduct.intake.urls")),
    path("exports/", include("safeconduct.exports.urls")),
    path("doubles/", include("safeconduct.matching.urls")),
    path("triage/", include("safeconduct.triage.urls")),
]

handler400 = "safeconduct.desk.errors.not_understood"
handler403 = "safeconduct.desk.errors.not_taken"
handler404 = "safeconduct.desk.errors.nothing_here"
handler500 = "safeconduct.desk.errors.our_fault"
