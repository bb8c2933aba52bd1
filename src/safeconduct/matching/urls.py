"""Possible doubles, under doubles/. In an address there is nothing but codes."""

from __future__ import annotations

from django.urls import path

from safeconduct.matching.views import cards, family, pair, queue

app_name = "matching"
urlpatterns = [
    path("", queue.doubles, name="list"),
    path("look/", queue.look, name="look"),
    path("two/", queue.two, name="two"),
    path("cards/", cards.agreements, name="cards"),
    path("cards/<str:agreement>/end/", cards.end, name="end_cards"),
    path("pair/<str:code>/<str:other>/", pair.pair, name="pair"),
    path("judgement/<str:judgement>/withdraw/", pair.withdraw, name="withdraw"),
    path("family/<str:code>/", family.family, name="family"),
]
