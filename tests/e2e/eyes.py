"""What a person sees of the tray: the icon and the open menu, found in screenshots and clicked by pixel.

The words of the rows are asked for over the bus, as the panel does; their places are looked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from deskbreak.links.bus import Bus
from tests.e2e.desk import A_CLICK_TAKES, Desk, comes, until

Box = tuple[int, int, int, int]

_PANEL: Box = (0, 0, 1024, 29)
_MENUS: Box = (0, 32, 690, 638)
"""Below the panel; the cards of dunst are on the right of it."""

_PROPERTIES = "org.freedesktop.DBus.Properties"
_WATCHER = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
_ROW_AT_LEAST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the menu as the panel was told it."""

    label: str
    enabled: bool
    rows: tuple["Row", ...]


class Eyes:
    """Looks at one desktop; pictures are left in `folder`."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def picture(self, name: str) -> Image.Image:
        """The whole screen now, kept as `name`.png."""
        with Image.open(self.desk.screenshot(self._folder / f"{name}.png")) as image:
            return image.convert("RGB")

    def icons(self) -> list[int]:
        """Where in the panel something is drawn: the middle of each, from the left."""
        panel = self.picture("look").crop(_PANEL)
        bare = Image.new("RGB", panel.size, panel.getpixel((panel.width - 1, panel.height // 2)))
        drawn = _inked(ImageChops.difference(panel, bare).crop((0, 4, panel.width, panel.height - 4)), True)
        return [(start + end) // 2 for start, end in _runs(drawn, apart=8) if end - start > _ROW_AT_LEAST]

    def icon(self) -> tuple[int, int]:
        """The middle of the one icon."""
        until(lambda: len(self.icons()) == 1, "exactly one icon is in the panel")
        return self.icons()[0], 15

    def rows(self) -> tuple[Row, ...]:
        """The menu as the panel has it now, without the lines between the rows."""
        bus = Bus(self.desk.env["DBUS_SESSION_BUS_ADDRESS"])
        try:
            (items,) = bus.call(
                *_WATCHER, _PROPERTIES, "Get", "ss", (_WATCHER[0], "RegisteredStatusNotifierItems")
            )
            name, path = _value(items)[0].split("/", 1)
            (menu,) = bus.call(
                name, f"/{path}", _PROPERTIES, "Get", "ss", ("org.kde.StatusNotifierItem", "Menu")
            )
            _revision, layout = bus.call(
                name, _value(menu), "com.canonical.dbusmenu", "GetLayout", "iias", (0, -1, [])
            )
        finally:
            bus.close()
        return _read(layout).rows

    def labels(self) -> list[str]:
        return [row.label for row in self.rows()]

    def menu(self) -> Box | None:
        """Where a menu is open, the menus beside it included."""
        return _white(self.picture("look"), _MENUS)

    def open_menu(self, name: str) -> Box:
        """Clicks the icon; returns where the menu is, drawn to the end, and keeps a picture of it."""
        icon = self.icon()

        def opened() -> bool:
            # A click on a slow desktop is not repeated at once: the second one would open a second menu.
            self.desk.click(*icon)
            return comes(lambda: self.menu() is not None, A_CLICK_TAKES)

        until(lambda: self.menu() is not None or opened(), "a click on the icon opens the menu")
        until(lambda: len(_bands(self._still(name), _MENUS)) == len(self.rows()), "every row is drawn")
        box = self.menu()
        assert box is not None
        return box

    def click_row(self, label: str, name: str = "menu") -> None:
        """Opens the menu and clicks the row with this label."""
        menu = self.open_menu(name)
        self._click(menu, self.rows(), label)
        until(lambda: self.menu() is None, "the menu is closed")

    def click_row_below(self, label: str, below: str, name: str = "submenu") -> None:
        """Opens the menu, then the row `label`, and clicks the row `below` of what opens beside it."""
        menu = self.open_menu(name)
        rows = next(row.rows for row in self.rows() if row.label == label)
        self._click(menu, self.rows(), label)

        beside = (menu[2] + 1, *_MENUS[1:])
        until(lambda: len(_bands(self._still(name), beside)) == len(rows), f"the submenu of {label} is open")
        self._click(beside, rows, below)
        until(lambda: self.menu() is None, "the menu is closed")

    def close_menu(self) -> None:
        self.desk.run("xdotool", "key", "Escape")
        until(lambda: self.menu() is None, "the menu is closed")

    def _click(self, within: Box, rows: tuple[Row, ...], label: str) -> None:
        bands = _bands(self.picture("look"), within)
        assert len(bands) == len(rows)
        number = [row.label for row in rows].index(label)
        self.desk.click(within[0] + 30, bands[number])

    def _still(self, name: str) -> Image.Image:
        """The screen once two looks at it are the same."""
        seen = [self.picture(name)]

        def unchanged() -> bool:
            seen.append(self.picture(name))
            return ImageChops.difference(seen[-1].crop(_MENUS), seen[-2].crop(_MENUS)).getbbox() is None

        until(unchanged, "the menu stands still")
        return seen[-1]


def _white(picture: Image.Image, within: Box) -> Box | None:
    """Where the paper of a menu is: the desktop is black, and so are tips."""
    white = picture.crop(within).convert("L").point(lambda light: 255 if light > 250 else 0)
    box = white.getbbox()
    if box is None or white.crop(box).histogram()[255] * 2 < (box[2] - box[0]) * (box[3] - box[1]):
        return None
    return box[0] + within[0], box[1] + within[1], box[2] + within[0], box[3] + within[1]


def _bands(picture: Image.Image, within: Box) -> list[int]:
    """The heights at which rows of text are, from the top."""
    box = _white(picture, within)
    if box is None:
        return []
    paper = picture.crop((box[0] + 6, box[1] + 3, box[2] - 6, box[3] - 3))
    difference = ImageChops.difference(paper, Image.new("RGB", paper.size, "white"))
    runs = _runs(_inked(difference, False), apart=2)
    return [box[1] + 3 + (start + end) // 2 for start, end in runs if end - start >= _ROW_AT_LEAST]


def _value(variant: Any) -> Any:
    _signature, value = variant
    return value


def _read(layout: Any) -> Row:
    _number, properties, below = layout
    said = {key: _value(variant) for key, variant in properties.items()}
    rows = tuple(_read(_value(child)) for child in below)
    shown = tuple(row for row in rows if row.label)
    return Row(str(said.get("label", "")).replace("__", "_"), bool(said.get("enabled", True)), shown)


def _inked(difference: Image.Image, columns: bool) -> list[bool]:
    """For each column (or line) of a difference: whether something is drawn in it."""
    grey = difference.convert("L").point(lambda off: 255 if off > 40 else 0)
    if columns:
        return [grey.crop((x, 0, x + 1, grey.height)).getbbox() is not None for x in range(grey.width)]
    return [grey.crop((0, y, grey.width, y + 1)).getbbox() is not None for y in range(grey.height)]


def _runs(drawn: list[bool], apart: int) -> Iterator[tuple[int, int]]:
    """From where to where something is drawn; gaps smaller than `apart` are none."""
    start = end = None
    for place, ink in enumerate(drawn):
        if not ink:
            continue
        if start is None or end is None:
            start = place
        elif place - end > apart:
            yield start, end + 1
            start = place
        end = place
    if start is not None and end is not None:
        yield start, end + 1
