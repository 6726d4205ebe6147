"""A pystray menu in windows of our own, for trays that know none: it opens, follows the pointer, closes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pystray import Menu, MenuItem
from Xlib import XK, X

from deskbreak.desktop.sheets import Line, bgrx, row_at, sheet, top_of

_MOST_BYTES = 200_000
"""A request without BIG-REQUESTS may hold 262,140 bytes (X11 protocol, section 2)."""

_WATCHED = X.ButtonPressMask | X.PointerMotionMask


@dataclass(slots=True)
class _Sheet:
    """One window of the menu; a submenu is the next one."""

    window: Any
    items: tuple[MenuItem, ...]
    lines: tuple[Line, ...]
    at: tuple[int, int]
    size: tuple[int, int] = (0, 0)
    marked: int | None = None

    def holds(self, x: int, y: int) -> bool:
        return 0 <= x - self.at[0] < self.size[0] and 0 <= y - self.at[1] < self.size[1]


class Popup:
    """An open menu; `chosen` gets the item that was clicked, after everything is closed.

    `beside` is the left, top and bottom edge of what was clicked: the menu opens below it, or above.
    It takes the pointer and the keyboard while it is open: the Escape key and a click beside it close it.
    """

    def __init__(
        self, display: Any, menu: Menu, beside: tuple[int, int, int], chosen: Callable[[MenuItem], None]
    ) -> None:
        self._display = display
        self._screen = display.screen()
        self._chosen = chosen
        self._sheets: list[_Sheet] = []
        left, top, bottom = beside
        high = sheet(tuple(map(_line, menu)), None).height
        fits = bottom + high <= self._screen.height_in_pixels
        self._open(menu, left, bottom if fits else top - high)
        window = self._sheets[0].window
        window.grab_pointer(False, _WATCHED, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, X.CurrentTime)
        window.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)

    @property
    def is_open(self) -> bool:
        return bool(self._sheets)

    def take(self, event: Any) -> None:
        """Act on an event of the pointer or the keyboard."""
        if event.type == X.MotionNotify:
            self._point(event.root_x, event.root_y)
        elif event.type == X.ButtonPress:
            self._press(event.root_x, event.root_y)
        elif event.type == X.KeyPress and self._display.keycode_to_keysym(event.detail, 0) == XK.XK_Escape:
            self.close()

    def renew(self, menu: Menu) -> None:
        """Show the labels of this menu; where its rows are others, the menu closes: no click goes astray."""
        below: Menu | None = menu
        for depth, one in enumerate(self._sheets):
            items = tuple(below or ())
            if _shape(items) != _shape(one.items):
                self._close_from(depth)
                return
            one.items, one.lines = items, tuple(map(_line, items))
            self._paint(one)
            below = items[one.marked].submenu if one.marked is not None else None

    def close(self) -> None:
        """Give pointer and keyboard back and leave nothing on the screen."""
        self._close_from(0)

    def _open(self, menu: Menu, x: int, y: int) -> None:
        items = tuple(menu)
        window = self._screen.root.create_window(
            x, y, 1, 1, 0, self._screen.root_depth, override_redirect=True, event_mask=_WATCHED
        )
        one = _Sheet(window, items, tuple(map(_line, items)), (x, y))
        self._paint(one)
        window.map()
        self._sheets.append(one)

    def _paint(self, one: _Sheet) -> None:
        image = sheet(one.lines, one.marked)
        if one.size != image.size:
            one.size = image.size
            one.at = (
                max(0, min(one.at[0], self._screen.width_in_pixels - image.width)),
                max(0, min(one.at[1], self._screen.height_in_pixels - image.height)),
            )
            one.window.configure(
                x=one.at[0], y=one.at[1], width=image.width, height=image.height, stack_mode=X.Above
            )
        put(one.window, self._screen.root_depth, image.size, bgrx(image))

    def _found(self, x: int, y: int) -> tuple[int, int | None] | None:
        """The sheet under the pointer, by depth, and the row of it that can be chosen."""
        for depth, one in reversed(list(enumerate(self._sheets))):
            if one.holds(x, y):
                return depth, row_at(one.lines, y - one.at[1])
        return None

    def _point(self, x: int, y: int) -> None:
        found = self._found(x, y)
        if found is None:
            return
        depth, row = found
        one = self._sheets[depth]
        if row == one.marked:
            return
        self._close_from(depth + 1)
        one.marked = row
        self._paint(one)
        if row is not None and (submenu := one.items[row].submenu) is not None:
            self._open(submenu, one.at[0] + one.size[0] - 2, one.at[1] + top_of(one.lines, row))

    def _press(self, x: int, y: int) -> None:
        self._point(x, y)
        found = self._found(x, y)
        if found is None:
            self.close()
            return
        depth, row = found
        if row is not None and (item := self._sheets[depth].items[row]).submenu is None:
            self.close()
            self._chosen(item)

    def _close_from(self, depth: int) -> None:
        if depth == 0 and self._sheets:
            self._display.ungrab_pointer(X.CurrentTime)
            self._display.ungrab_keyboard(X.CurrentTime)
        for one in self._sheets[depth:]:
            one.window.destroy()
        del self._sheets[depth:]


def put(window: Any, depth: int, size: tuple[int, int], pixels: bytes) -> None:
    """Make these pixels the window's ground, so that the server itself shows them again when need be."""
    wide, high = size
    ground = window.create_pixmap(wide, high, depth)
    pen = ground.create_gc()
    at_once = _MOST_BYTES // (4 * wide)
    for top in range(0, high, at_once):
        part = pixels[4 * wide * top : 4 * wide * (top + at_once)]
        ground.put_image(pen, 0, top, wide, len(part) // (4 * wide), X.ZPixmap, depth, 0, part)
    window.change_attributes(background_pixmap=ground)
    window.clear_area()
    pen.free()
    ground.free()


def _line(item: MenuItem) -> Line:
    if item is Menu.SEPARATOR:
        return Line("", enabled=False)
    return Line(item.text, item.enabled, item.checked, item.submenu is not None)


def _shape(items: tuple[MenuItem, ...]) -> tuple[object, ...]:
    return tuple(
        (item is Menu.SEPARATOR, item.submenu is None, getattr(item, "meaning", None)) for item in items
    )
