"""The pages of this room. Two more stand in the room of cases, which knows the cases: `access.ask`, `break_glass`."""

from __future__ import annotations

from django.urls import path

from safeconduct.people.views import access, door, lock_down, me, newcomers, office

app_name = "people"
urlpatterns = [
    path("door/", door.door, name="door"),
    path("door/second-factor/", door.second_factor, name="second_factor"),
    path("door/set-up/", door.set_up, name="set_up"),
    path("door/set-up/picture.svg", door.set_up_picture, name="set_up_picture"),
    path("door/again/", door.open_again, name="open_again"),
    path("door/welcome/", newcomers.welcome, name="welcome"),
    path("door/recover/", newcomers.recover, name="recover"),
    path("door/recovery-code/", newcomers.recovery_code, name="recovery_code"),
    path("door/language/", door.language, name="language"),
    path("door/out/", door.go_out, name="go_out"),
    path("me/", me.me, name="me"),
    path("me/reading/", me.reading, name="reading"),
    path("me/passphrase/", me.passphrase, name="passphrase"),
    path("me/recovery-code/", me.another_code, name="another_code"),
    path("me/second-factors/add/", me.add_second_factor, name="add_second_factor"),
    path(
        "me/second-factors/<int:number>/remove/",
        me.remove_second_factor,
        name="remove_second_factor",
    ),
    path("office/", office.office, name="office"),
    path("office/invite/", office.invite, name="invite"),
    path("office/<slug:code>/", office.member, name="member"),
    path("office/<slug:code>/invite-again/", office.invite_again, name="invite_again"),
    path("office/<slug:code>/part-with/", office.part_with, name="part_with"),
    path("access/", access.access, name="access"),
    path("access/<slug:code>/decide/", access.decide, name="decide"),
    path("access/notices/<int:number>/seen/", access.acknowledge, name="acknowledge"),
    path("lock-down/", lock_down.lock_down, name="lock_down"),
    path("lock-down/open-up/", lock_down.open_up, name="open_up"),
]
