"""The tray icon and its menu, by pystray: it shows pictures and puts what was chosen into the inbox."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from deskbreak.desktop.icons import draw, stepped
from deskbreak.ports import Clock, Face, Picture, Put, Stirred
from deskbreak.words import _

NAME = "deskbreak"
ONE_SIZE = 64
"""Pixels of the image where the system wants a single one and reduces it itself."""

NEEDS_MAIN_THREAD = sys.platform == "darwin"


class Tray:
    """The icon is there from the first picture on, in threads of its own, or waits for a tray to come.

    `show` and `close` belong to one thread; the rest may be used from any. `Stirred` is put into the inbox
    when a tray came or went, and when the menu is about to be looked at.
    """

    def __init__(self, put: Put, clock: Clock) -> None:
        self._put = put
        self._clock = clock
        self._picture: Picture | None = None
        self._icons: tuple[Any, ...] = ()
        self._opened = threading.Event()
        self._shown = False
        self._embedded = False
        self._no_bus: Callable[[], str | None] = lambda: None

    @property
    def host_present(self) -> bool:
        """Whether something shows the icon."""
        return self._shown or self._embedded

    def show(self, picture: Picture) -> None:
        """Show this from now on; the menu changes in place, also while it is open."""
        before, self._picture = self._picture, picture
        if before is None:
            self._open(picture)
            return
        for icon in self._icons:
            if stepped(picture.face) != stepped(before.face):
                icon.icon = _image(picture.face)
            icon.title = picture.title
            if picture.rows != before.rows:
                icon.update_menu()

    def run(self) -> None:
        """Give the icon this thread until `close`: the main one, where `NEEDS_MAIN_THREAD`."""
        self._opened.wait()
        self._icons[0].run()

    def close(self) -> None:
        """Take the icon away."""
        for icon in self._icons:
            icon.stop()

    def missing(self) -> str | None:
        """One line that says what keeps the icon from being seen and what would mend it; None: nothing."""
        if self.host_present or not self._icons:
            return None
        if (why := self._no_bus()) is not None:
            return _("no tray icon, but reminders and commands work: {why}").format(why=why)
        if "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
            return _(
                "no tray icon, as GNOME has no tray of its own, but reminders and commands work: "
                "install gnome-shell-extension-appindicator and log in again"
            )
        return _(
            "no tray icon, as no system tray is running, but reminders and commands work: "
            "add a system tray to the panel, or start one (xfce4-panel, lxqt-panel, waybar)"
        )

    def _open(self, picture: Picture) -> None:
        """pystray is imported no sooner than here: without a display it raises where it is stock."""
        if sys.platform == "linux":
            self._icons = self._linux(picture)
        else:
            from pystray import Icon

            self._icons = (Icon(NAME, _image(picture.face), picture.title, self._menu()),)
            self._shown = True
        if not NEEDS_MAIN_THREAD:
            for icon in self._icons:
                icon.run_detached()
        self._opened.set()

    def _linux(self, picture: Picture) -> tuple[Any, ...]:
        from deskbreak.desktop.freedesktop import xembed
        from deskbreak.desktop.freedesktop.item import Icon
        from deskbreak.links.bus import session_address
        from deskbreak.links.rejoin import Rejoin

        session = Rejoin(session_address)
        self._no_bus = lambda: session.missing
        drawn = (NAME, _image(picture.face), picture.title, self._menu())

        def looked_at() -> None:
            self._put(Stirred())

        def embedded(hosted: bool) -> None:
            self._embedded = hosted
            self._put(Stirred())

        def shown(hosted: bool) -> None:
            if hosted != self._shown:
                self._shown = hosted
                self._put(Stirred())
            # An icon that both kinds of tray showed would be there twice.
            older.wanted(not hosted)

        older = xembed.Icon(*drawn, hosted=embedded, opened=looked_at)
        older.wanted(True)
        item = Icon(*drawn, session=session, clock=self._clock, hosted=shown, opened=looked_at)
        return item, older

    def _menu(self) -> Any:
        from pystray import Menu

        from deskbreak.desktop.rows import items

        def now() -> Iterator[Any]:
            return items(self._picture.rows, self._put) if self._picture else iter(())

        return Menu(now)


def _image(face: Face) -> Any:
    """What the icon's backend takes: ours draws at each size that is shown, the stock ones reduce one."""
    return partial(draw, face) if sys.platform == "linux" else draw(face, ONE_SIZE)
