"""The tray menu as com.canonical.dbusmenu: it serves snapshots of a pystray menu and passes clicks on.

Source: libdbusmenu, dbus-menu.xml (the comments there are the specification).
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from pystray import Menu, MenuItem

from deskbreak.links.bus import Bus, BusError, Property, Tie
from deskbreak.links.exported import Answer

PATH = "/StatusNotifierItem/Menu"
INTERFACE = "com.canonical.dbusmenu"
_BAD_ARGUMENT = "org.freedesktop.DBus.Error.InvalidArgs"

_XML = f"""<interface name="{INTERFACE}">
<property name="Version" type="u" access="read"/><property name="TextDirection" type="s" access="read"/>
<property name="Status" type="s" access="read"/><property name="IconThemePath" type="as" access="read"/>
<method name="GetLayout"><arg type="i" direction="in"/><arg type="i" direction="in"/>
<arg type="as" direction="in"/><arg type="u" direction="out"/>
<arg type="(ia{{sv}}av)" direction="out"/></method>
<method name="GetGroupProperties"><arg type="ai" direction="in"/><arg type="as" direction="in"/>
<arg type="a(ia{{sv}})" direction="out"/></method>
<method name="GetProperty"><arg type="i" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<method name="Event"><arg type="i" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="in"/><arg type="u" direction="in"/></method>
<method name="EventGroup"><arg type="a(isvu)" direction="in"/><arg type="ai" direction="out"/></method>
<method name="AboutToShow"><arg type="i" direction="in"/><arg type="b" direction="out"/></method>
<method name="AboutToShowGroup"><arg type="ai" direction="in"/><arg type="ai" direction="out"/>
<arg type="ai" direction="out"/></method>
<signal name="ItemsPropertiesUpdated"><arg type="a(ia{{sv}})"/><arg type="a(ias)"/></signal>
<signal name="LayoutUpdated"><arg type="u"/><arg type="i"/></signal>
</interface>"""

Variant = tuple[str, object]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it is served; the properties there are depend on the row's shape alone."""

    number: int
    item: MenuItem | None
    properties: Mapping[str, Variant]
    rows: tuple["_Row", ...]

    def each(self) -> Iterator["_Row"]:
        yield self
        for row in self.rows:
            yield from row.each()


_NOTHING_YET = _Row(0, None, {"children-display": ("s", "submenu")}, ())


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What is served until the next one; `by_number` finds the rows of `root`."""

    revision: int
    root: _Row
    by_number: Mapping[int, _Row]


class MenuService:
    """Serves one menu on one bus after the other.

    `renew` and `offer` belong to the thread that owns the icon. `clicked` and `opened` are called from the
    bus's thread and must only pass on what they get: a row that was clicked, a menu that is about to show.
    """

    def __init__(self, clicked: Callable[[MenuItem], None], opened: Callable[[], None]) -> None:
        self._clicked = clicked
        self._opened = opened
        self._bus: Bus | None = None
        self._numbers = itertools.count(1)
        self._snapshot = _Snapshot(1, _NOTHING_YET, {0: _NOTHING_YET})

    def renew(self, menu: Menu) -> None:
        """Serve this menu from now on.

        Labels, ticks and greyness change in place, also in an open menu. Where the rows are others, all of
        them get numbers that were never used: a click on a row that is gone reaches none.
        """
        before = self._snapshot
        rows = tuple(_read(menu, self._numbers))
        if _shape(rows) != _shape(before.root.rows):
            root = _Row(0, None, _NOTHING_YET.properties, rows)
            self._publish(before.revision + 1, root)
            self._emit("LayoutUpdated", "ui", (self._snapshot.revision, 0))
            return
        kept = (row.number for row in before.root.each() if row.number)
        root = _Row(0, None, _NOTHING_YET.properties, tuple(_renumbered(rows, kept)))
        self._publish(before.revision, root)
        changed = [
            (new.number, fresh)
            for old, new in zip(before.root.each(), root.each(), strict=True)
            if (
                fresh := {key: value for key, value in new.properties.items() if old.properties[key] != value}
            )
        ]
        if changed:
            self._emit("ItemsPropertiesUpdated", "a(ia{sv})a(ias)", (changed, []))

    def offer(self, bus: Bus) -> Tie:
        """Serve the menu on this bus."""
        self._bus = bus
        methods = {
            "GetLayout": self._get_layout,
            "GetGroupProperties": self._get_group_properties,
            "GetProperty": self._get_property,
            "Event": self._event,
            "EventGroup": self._event_group,
            "AboutToShow": self._about_to_show,
            "AboutToShowGroup": self._about_to_show_group,
        }
        properties = {
            "Version": Property("u", lambda: 3),
            "TextDirection": Property("s", lambda: "ltr"),
            "Status": Property("s", lambda: "normal"),
            "IconThemePath": Property("as", list),
        }
        return bus.export(PATH, INTERFACE, methods, properties, _XML)

    def _publish(self, revision: int, root: _Row) -> None:
        self._snapshot = _Snapshot(revision, root, {row.number: row for row in root.each()})

    def _emit(self, member: str, signature: str, body: tuple[object, ...]) -> None:
        if self._bus is not None:
            self._bus.emit(PATH, INTERFACE, member, signature, body)

    def _get_layout(self, body: tuple[object, ...], _sender: str) -> Answer:
        parent, depth, names = cast("tuple[int, int, list[str]]", body)
        snapshot = self._snapshot
        row = _found(snapshot, parent)
        return "u(ia{sv}av)", (snapshot.revision, _layout(row, depth, names))

    def _get_group_properties(self, body: tuple[object, ...], _sender: str) -> Answer:
        numbers, names = cast("tuple[list[int], list[str]]", body)
        rows = self._snapshot.by_number
        wanted = [rows[number] for number in numbers or rows if number in rows]
        return "a(ia{sv})", ([(row.number, _chosen(row, names)) for row in wanted],)

    def _get_property(self, body: tuple[object, ...], _sender: str) -> Answer:
        number, name = cast("tuple[int, str]", body)
        properties = _found(self._snapshot, number).properties
        if name not in properties:
            raise BusError(f"row {number} has no {name}", _BAD_ARGUMENT)
        return "v", (properties[name],)

    def _event(self, body: tuple[object, ...], _sender: str) -> Answer:
        number, kind, _argument, _when = cast("tuple[int, str, Variant, int]", body)
        self._happened(number, kind)
        return "", ()

    def _event_group(self, body: tuple[object, ...], _sender: str) -> Answer:
        (events,) = cast("tuple[list[tuple[int, str, Variant, int]]]", body)
        return "ai", (
            [number for number, kind, _argument, _when in events if not self._happened(number, kind)],
        )

    def _about_to_show(self, body: tuple[object, ...], _sender: str) -> Answer:
        (number,) = cast("tuple[int]", body)
        self._about_to(number)
        return "b", (False,)

    def _about_to_show_group(self, body: tuple[object, ...], _sender: str) -> Answer:
        (numbers,) = cast("tuple[list[int]]", body)
        for number in numbers:
            self._about_to(number)
        return "aiai", ([], [number for number in numbers if number not in self._snapshot.by_number])

    def _about_to(self, number: int) -> None:
        if number == 0:
            self._opened()

    def _happened(self, number: int, kind: str) -> bool:
        """Whether there is such a row."""
        row = self._snapshot.by_number.get(number)
        if row is None:
            return False
        if kind == "clicked" and row.item is not None and row.properties["enabled"] == ("b", True):
            self._clicked(row.item)
        return True


def _read(menu: Menu, numbers: Iterator[int]) -> Iterator[_Row]:
    for item in menu:
        number = next(numbers)
        if item is Menu.SEPARATOR:
            yield _Row(number, None, {"type": ("s", "separator")}, ())
            continue
        properties = {"label": ("s", _label(item.text)), "enabled": ("b", bool(item.enabled))}
        checked = item.checked
        if checked is not None:
            properties["toggle-type"] = ("s", "radio" if item.radio else "checkmark")
            properties["toggle-state"] = ("i", int(checked))
        if item.submenu is None:
            yield _Row(number, item, properties, ())
        else:
            properties["children-display"] = ("s", "submenu")
            yield _Row(number, None, properties, tuple(_read(item.submenu, numbers)))


def _renumbered(rows: tuple[_Row, ...], numbers: Iterator[int]) -> Iterator[_Row]:
    for row in rows:
        number = next(numbers)
        yield _Row(number, row.item, row.properties, tuple(_renumbered(row.rows, numbers)))


def _shape(rows: tuple[_Row, ...]) -> tuple[object, ...]:
    """What a row is rather than what it says: only where this is the same may it keep its number."""
    return tuple(
        (
            "label" in row.properties,
            row.properties.get("toggle-type"),
            getattr(row.item, "meaning", None),
            "children-display" in row.properties,
            _shape(row.rows),
        )
        for row in rows
    )


def _label(text: str) -> str:
    """A single underscore marks an access key, and a bus hangs up on NUL and on half a character."""
    return text.replace("_", "__").replace("\0", "").encode(errors="replace").decode()


def _found(snapshot: _Snapshot, number: int) -> _Row:
    try:
        return snapshot.by_number[number]
    except KeyError:
        raise BusError(f"no such row: {number}", _BAD_ARGUMENT) from None


def _chosen(row: _Row, names: list[str]) -> dict[str, Variant]:
    return {key: value for key, value in row.properties.items() if not names or key in names}


def _layout(row: _Row, depth: int, names: list[str]) -> tuple[object, ...]:
    """The row with those below it, `depth` levels deep (-1: all)."""
    below = [("(ia{sv}av)", _layout(each, depth - 1, names)) for each in row.rows] if depth else []
    return row.number, _chosen(row, names), below
