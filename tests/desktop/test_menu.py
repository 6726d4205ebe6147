"""The menu over the bus: what a host may ask, and what a click does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.events import Paused, Resumed, SatDown, Skipped, Snoozed, Started, StoodUp
from deskbreak.desktop.tray import Tray
from deskbreak.links.bus import BusError
from deskbreak.ports import Errand, Separator
from tests.desktop.trays import USUAL, Host, Inbox, does, picture, snooze, state, tray
from tests.links.busses import private_bus


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.delenv("DISPLAY", raising=False)
        yield bus.address


@pytest.fixture
def shown(inbox: Inbox, address: str) -> Iterator[Tray]:
    with tray(inbox) as one:
        one.show(picture())
        yield one


@pytest.fixture
def host(address: str, shown: Tray) -> Iterator[Host]:
    one = Host(address).meet()
    one.quiet()
    yield one
    one.close()


def test_the_host_gets_the_rows_as_they_were_given(host: Host) -> None:
    _revision, root = host.layout()

    assert root.number == 0
    assert root.properties == {"children-display": "submenu"}
    assert [row.label for row in root.lines] == [
        "Sitting 41 min", "---", "Take a break now", "I'm standing", "Snooze", "---", "Quit",
    ]  # fmt: skip
    assert [row.label for row in root.lines[4].lines] == ["5 min", "10 min"]
    assert root.lines[1].properties == {"type": "separator"}
    assert root.lines[0].properties["enabled"] is False
    assert root.lines[2].properties["enabled"] is True


def test_the_host_gets_no_more_than_it_asks_for(host: Host) -> None:
    snoozes = host.find("Snooze")

    assert host.layout(depth=0)[1].lines == ()
    assert [row.lines for row in host.layout(depth=1)[1].lines] == [()] * 7
    assert host.layout(snoozes.number, -1, "label")[1].properties == {"label": "Snooze"}
    assert host.menu("GetProperty", "is", snoozes.number, "label") == (("s", "Snooze"),)


def test_no_numbers_at_all_means_every_row(host: Host) -> None:
    (every,) = host.menu("GetGroupProperties", "aias", [], [])
    (one,) = host.menu("GetGroupProperties", "aias", [host.find("Quit").number, 4711], ["label"])

    assert len(every) == 1 + 7 + 2
    assert [properties for _number, properties in one] == [{"label": ("s", "Quit")}]


def test_a_row_that_is_not_there_is_an_error_and_no_crash(host: Host) -> None:
    with pytest.raises(BusError) as no_row:
        host.layout(4711)
    with pytest.raises(BusError) as no_property:
        host.menu("GetProperty", "is", 0, "icon-data")

    assert {no_row.value.name, no_property.value.name} == {"org.freedesktop.DBus.Error.InvalidArgs"}


def test_a_click_on_snooze_reaches_the_inbox(host: Host, inbox: Inbox) -> None:
    host.press(host.find("10 min").number)

    assert inbox.chosen() == Snoozed(timedelta(minutes=10))


def test_many_clicks_at_once_reach_the_inbox_and_the_unknown_ones_are_named(host: Host, inbox: Inbox) -> None:
    clicks = [
        (host.find("Take a break now").number, "clicked", ("s", ""), 0),
        (4711, "clicked", ("s", ""), 0),
        (host.find("Quit").number, "hovered", ("s", ""), 0),
        (host.find("Quit").number, "clicked", ("i", 0), 0),
    ]

    answer = host.menu("EventGroup", "a(isvu)", clicks)

    assert answer == ([4711],)
    assert [inbox.chosen(), inbox.chosen()] == [Started(), Errand.QUIT]


def test_rows_that_only_tell_cannot_be_chosen(host: Host, inbox: Inbox) -> None:
    for row in host.layout()[1].lines:
        if row.label in ("Sitting 41 min", "---", "Snooze"):
            host.press(row.number)
    host.press(0)
    host.press(host.find("Quit").number)

    assert inbox.chosen() == Errand.QUIT


def test_a_label_changes_in_place(host: Host, shown: Tray) -> None:
    revision, root = host.layout()

    shown.show(picture(state("Sitting 42 min"), *USUAL[1:]))
    updated = host.heard("ItemsPropertiesUpdated", "LayoutUpdated")

    assert updated.member == "ItemsPropertiesUpdated"
    assert updated.body == ([(root.lines[0].number, {"label": ("s", "Sitting 42 min")})], [])
    assert host.layout()[0] == revision
    assert host.find("Sitting 42 min").number == root.lines[0].number


def test_a_tick_and_greyness_change_in_place(host: Host, shown: Tray) -> None:
    shown.show(picture(does("Paused", Resumed(), checked=False)))
    host.heard("LayoutUpdated")
    row = host.find("Paused")

    shown.show(picture(does("Paused", Resumed(), checked=True)))
    updated = host.heard("ItemsPropertiesUpdated", "LayoutUpdated")

    assert row.properties["toggle-type"] == "checkmark"
    assert row.properties["toggle-state"] == 0
    assert updated.body == ([(row.number, {"toggle-state": ("i", 1)})], [])


def test_other_rows_are_a_new_layout_with_numbers_never_used_before(host: Host, shown: Tray) -> None:
    revision, root = host.layout()
    used = {row.number for row in root.lines} | {row.number for row in root.lines[4].lines}

    shown.show(picture(does("Start", Started()), does("Skip", Skipped()), snooze(10)))
    told = host.heard("ItemsPropertiesUpdated", "LayoutUpdated")
    later, fresh = host.layout()

    assert (told.member, told.body) == ("LayoutUpdated", (later, 0))
    assert later > revision
    assert used.isdisjoint({row.number for row in fresh.lines})


def test_a_click_on_a_row_that_is_gone_reaches_no_other(host: Host, shown: Tray, inbox: Inbox) -> None:
    stale = host.find("I'm standing").number

    shown.show(picture(*USUAL[:3], does("I'm sitting", SatDown()), *USUAL[4:]))
    host.heard("LayoutUpdated")
    host.press(stale)
    host.press(host.find("I'm sitting").number)

    assert inbox.chosen() == SatDown()


def test_the_same_picture_again_says_nothing(host: Host, shown: Tray) -> None:
    shown.show(picture())
    shown.show(picture(state("Sitting 42 min"), *USUAL[1:]))
    first = host.heard("ItemsPropertiesUpdated", "LayoutUpdated", "NewIcon", "NewTitle", "NewToolTip")

    assert first.member == "ItemsPropertiesUpdated"


def test_a_menu_about_to_be_looked_at_is_brought_up_to_date(host: Host, inbox: Inbox) -> None:
    inbox.stirred()  # the tray was found

    answer = host.menu("AboutToShow", "i", 0)
    group = host.menu("AboutToShowGroup", "ai", [0, host.find("Snooze").number, 4711])

    inbox.stirred()
    inbox.stirred()
    assert answer == (False,)
    assert group == ([], [4711])
    assert inbox.empty()


@pytest.mark.parametrize(
    ("text", "served"),
    [("do_not_disturb", "do__not__disturb"), ("a\0b", "ab"), ("caf\udce9", "caf?"), ("日本 ö", "日本 ö")],
)
def test_any_text_arrives_as_a_label_without_access_keys(
    text: str, served: str, host: Host, shown: Tray
) -> None:
    shown.show(picture(does(text, Paused(timedelta(hours=1)))))
    host.heard("LayoutUpdated")

    assert host.layout()[1].lines[0].label == served


def test_an_empty_menu_is_a_menu(host: Host, shown: Tray) -> None:
    shown.show(picture(Separator()))
    host.heard("LayoutUpdated")

    assert host.layout()[1].lines == ()


def test_a_host_that_came_late_gets_what_is_shown_now(address: str, shown: Tray) -> None:
    shown.show(picture(does("I'm standing", StoodUp())))
    late = Host(address).meet()

    assert [row.label for row in late.layout()[1].lines] == ["I'm standing"]
    late.close()
