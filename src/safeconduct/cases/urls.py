"""Where the pages of this room stand. In an address there is nothing but codes. The list is the desk's (config)."""

from __future__ import annotations

from django.urls import path

from safeconduct.cases.queries import outline_of
from safeconduct.cases.views import (
    call,
    callers,
    case,
    documents,
    entries,
    owning,
    talks,
)
from safeconduct.people.views import access

app_name = "cases"
urlpatterns = [
    path("new/", call.new, name="new"),
    path("of/<str:member>/hand-over/", owning.hand_over_all, name="hand_over_all"),
    path("shreddings/", owning.shreddings, name="shreddings"),
    path("offices/<str:office>/compare/", owning.compare, name="compare"),
    path("<str:code>/", case.case, name="case"),
    path("<str:code>/purpose/", case.purpose, name="purpose"),
    path("<str:code>/looks/", case.looks, name="looks"),
    path("<str:code>/cover/", case.cover, name="cover"),
    path("<str:code>/take-over/", case.take_over, name="take_over"),
    path("<str:code>/hand-over/", owning.hand_over, name="hand_over"),
    path("<str:code>/share/", owning.share, name="share"),
    path("<str:code>/share/<str:office>/take-back/", owning.take_back, name="take_back"),
    path("<str:code>/hold/", owning.hold, name="hold"),
    path("<str:code>/hold/end/", owning.end_hold, name="end_hold"),
    path("<str:code>/shred/", owning.shred, name="shred"),
    path("<str:code>/shred/agree/", owning.agree, name="agree"),
    path("<str:code>/ask/", access.ask, {"outline_of": outline_of}, name="ask"),
    path("<str:code>/break-glass/", access.break_glass, {"outline_of": outline_of}, name="glass"),
    path("<str:code>/caller/", callers.caller, name="caller_household"),
    path("<str:code>/caller/<str:entry>/", callers.caller, name="caller"),
    path("<str:code>/add/talk/", talks.add, name="talk"),
    path("<str:code>/add/document/", documents.attach, name="attach"),
    path("<str:code>/add/<str:kind>/", entries.add, name="add"),
    path("<str:code>/document/<str:entry>/", documents.document, name="document"),
    path("<str:code>/document/<str:entry>/<int:page>/", documents.document, name="document_page"),
    path("<str:code>/document/<str:entry>/<int:page>.png", documents.picture, name="picture"),
    path("<str:code>/entry/<str:entry>/", entries.change, name="change"),
    path("<str:code>/entry/<str:entry>/remove/", entries.remove, name="remove"),
    path("<str:code>/entry/<str:entry>/history/", entries.history, name="history"),
    path("<str:code>/entry/<str:entry>/withdraw/", entries.withdraw, name="withdraw"),
]
