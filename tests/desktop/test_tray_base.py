"""pystray's base icon is half private: what our backends lean on is still there, and still so used."""

import inspect
from typing import Any

import pytest

from deskbreak.desktop.freedesktop import item, xembed

BASE = item.Icon.__bases__[0]
MODULE: Any = inspect.getmodule(BASE)

IMPLEMENTED: dict[str, list[str]] = {
    "_show": [],
    "_hide": [],
    "_update_icon": [],
    "_update_title": [],
    "_update_menu": [],
    "_run": [],
    "_run_detached": [],
    "_stop": [],
    "_remove_notification": [],
}


def arguments(method: object) -> list[str]:
    assert callable(method)
    return list(inspect.signature(method).parameters)[1:]


@pytest.mark.parametrize("icon", [item.Icon, xembed.Icon])
def test_the_base_asks_for_what_our_icons_implement(icon: type) -> None:
    for name, wanted in IMPLEMENTED.items():
        assert arguments(getattr(BASE, name)) == wanted
        assert arguments(icon.__dict__[name]) == wanted


def test_the_base_has_no_other_hook_that_we_leave_out() -> None:
    hooks = {
        name
        for name, method in vars(BASE).items()
        if inspect.isfunction(method) and "raise NotImplementedError" in inspect.getsource(method)
    }

    # Prompts never go through the icon.
    assert hooks - set(IMPLEMENTED) == {"_notify"}


def test_the_base_shows_the_icon_only_after_it_was_marked_ready() -> None:
    assert arguments(BASE._mark_ready) == []
    assert "update_menu" in inspect.getsource(BASE._mark_ready)


def test_a_menu_leaves_out_separators_at_its_ends() -> None:
    menu = MODULE.Menu(MODULE.Menu.SEPARATOR, MODULE.MenuItem("one", None), MODULE.Menu.SEPARATOR)

    assert [item.text for item in menu] == ["one"]
