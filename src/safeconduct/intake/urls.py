"""Where the pages of this room stand. In an address there is nothing but codes."""

from __future__ import annotations

from django.urls import path

from safeconduct.intake.views import deliveries, pleas, steps, texts

app_name = "intake"
urlpatterns = [
    path("", deliveries.deliveries, name="list"),
    path("upload/", deliveries.upload, name="upload"),
    path("text/", texts.text, name="text"),
    path("pleas/", pleas.pleas, name="pleas"),
    path("quarantine/", pleas.quarantine, name="quarantine"),
    path("pleas/<str:plea>/", pleas.plea, name="plea"),
    path("pleas/<str:plea>/take-in/", pleas.take_in, name="take_in"),
    path("pleas/<str:plea>/attach/", pleas.attach, name="attach"),
    path("pleas/<str:plea>/set-aside/", pleas.set_aside, name="set_aside"),
    path("pleas/<str:plea>/hand-over/", pleas.hand_over, name="hand_over"),
    path("<str:delivery>/", deliveries.delivery, name="delivery"),
    path("<str:delivery>/columns/", steps.columns, name="columns"),
    path("<str:delivery>/progress/", steps.progress, name="progress"),
    path("<str:delivery>/read/", steps.read, name="read"),
    path("<str:delivery>/begin/", steps.begin, name="begin"),
    path("<str:delivery>/leave/", steps.leave, name="leave"),
    path("<str:delivery>/undo/", steps.undo, name="undo"),
    path("<str:delivery>/forget/", steps.forget, name="forget"),
]
