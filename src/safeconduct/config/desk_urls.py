"""Every URL of the desk. A URL that tests/guards/test_permissions.py does not list fails the build."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("safeconduct.desk.urls")),
    path("", include("safeconduct.people.urls")),  # door/, office/, me/, access/, lock-down/
    path("cases/", include("safeconduct.cases.urls")),
    path("exports/", include("safeconduct.exports.urls")),
]

handler400 = "safeconduct.desk.errors.not_understood"
handler403 = "safeconduct.desk.errors.not_taken"
handler404 = "safeconduct.desk.errors.nothing_here"
handler500 = "safeconduct.desk.errors.our_fault"
