"""The tray icon for trays of the older kind: a pystray backend that embeds an X window while that is wanted.

Source: freedesktop.org System Tray Protocol 0.3.
"""

import os
from collections.abc import Callable

from pystray import Menu, _base

from deskbreak.desktop.freedesktop.dock import Dock
from deskbreak.desktop.icons import Drawing


class Icon(_base.Icon):  # type: ignore[misc]
    """A pystray icon that is embedded only while it is wanted; a click opens the menu, drawn by ourselves.

    `drawing`, `hosted` and `opened` are those of the StatusNotifierItem's icon. `wanted` and `hosted`
    may come from any thread, one at a time.
    """

    HAS_DEFAULT_ACTION = False
    HAS_NOTIFICATION = False

    def __init__(
        self,
        name: str,
        drawing: Drawing,
        title: str,
        menu: Menu,
        *,
        hosted: Callable[[bool], None],
        opened: Callable[[], None],
    ) -> None:
        super().__init__(name, drawing, title, menu)
        self._hosted = hosted
        self._opened = opened
        self._dock: Dock | None = None

    def wanted(self, wanted: bool) -> None:
        """Look for a tray, or leave it."""
        if wanted and self._dock is None and os.environ.get("DISPLAY"):
            self._dock = Dock(self, self._hosted, self._opened)
        elif not wanted and self._dock is not None:
            self._dock.end()
            self._dock = None

    def _show(self) -> None:
        """It is seen as long as it is wanted."""

    def _hide(self) -> None:
        self.wanted(False)

    def _update_icon(self) -> None:
        self._icon_valid = True
        self._renew()

    def _update_title(self) -> None:
        self._renew()

    def _update_menu(self) -> None:
        self._renew()

    def _run(self) -> None:
        self._mark_ready()

    def _run_detached(self) -> None:
        self._mark_ready()

    def _stop(self) -> None:
        self.wanted(False)

    def _remove_notification(self) -> None:
        """There is none: prompts go through the notifier."""

    def _renew(self) -> None:
        if (dock := self._dock) is not None:
            dock.renew()
