"""The icon's window in a tray of the older kind: it asks to be embedded, is drawn there and opens the menu.

Sources: freedesktop.org System Tray Protocol 0.3, XEmbed 0.5.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pystray import MenuItem
from Xlib import X, Xatom, Xutil
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayError, XauthError, XError
from Xlib.protocol.event import ClientMessage
from Xlib.support import connect

from deskbreak.desktop.freedesktop.popup import Popup, put
from deskbreak.desktop.sheets import over, see_through
from deskbreak.links.x11 import cookie_for

_log = logging.getLogger(__name__)

_DOCK = 0
_MAPPED = 1
_SMALLEST = 22


def _authorisation(_socket: Any, _name: str, _protocol: str, _host: str, number: int) -> tuple[bytes, bytes]:
    authority = os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority"
    cookie = cookie_for(Path(authority), number)
    return (b"MIT-MAGIC-COOKIE-1", cookie) if cookie else (b"", b"")


# python-xlib overlooks the cookies that hold for every host (Xau(3), FamilyWild), as some logins write them.
connect.get_auth = _authorisation

NoScreen = (DisplayError, XauthError, OSError)
Gone = (ConnectionClosedError, OSError)


class Embedded:
    """One connection to the X server, for one thread. Raises one of `NoScreen` where there is none.

    `hosted` is told when a tray took the window and when it is gone, `opened` that the menu opens.
    One of `Gone` from any method is the end of the connection.
    """

    def __init__(self, icon: Any, hosted: Callable[[bool], None], opened: Callable[[], None]) -> None:
        self._icon = icon
        self._hosted = hosted
        self._opened = opened
        self._window: Any = None
        self._tray: Any = None
        self._depth = 0
        self._popup: Popup | None = None
        self._display = Display()
        self._display.set_error_handler(lambda fault, _: _log.debug("the X server refused: %s", fault))
        self._screen = self._display.screen()
        number = self._display.get_default_screen()
        self._selection = self._display.intern_atom(f"_NET_SYSTEM_TRAY_S{number}")
        # A tray that comes says so to whoever watches the root window.
        self._screen.root.change_attributes(event_mask=X.StructureNotifyMask)
        self._embed()

    def fileno(self) -> int:
        return int(self._display.fileno())

    def take_all(self) -> None:
        """Act on everything that has happened by now; to be called before each wait."""
        self._display.flush()
        while self._display.pending_events():
            self._take(self._display.next_event())
            # This may read events as well as write: only a look after it shows that nothing is left.
            self._display.flush()

    def renew(self) -> None:
        """Draw the icon, and the menu if it is open, as they are now."""
        self._draw()
        if self._popup is not None:
            self._popup.renew(self._icon.menu)

    def close(self) -> None:
        """Leave the X server, which takes everything of ours away."""
        try:
            self._display.close()
        except Gone as fault:
            _log.debug("the X server went first: %s", fault)
        if self._tray is not None:
            self._hosted(False)

    def _take(self, event: Any) -> None:
        if self._popup is not None and self._popup.is_open:
            self._popup.take(event)
        if event.type == X.ClientMessage and event.data[1][1] == self._selection and self._tray is None:
            self._embed()
        elif event.type == X.DestroyNotify and self._tray is not None and event.window == self._tray:
            self._left()
        elif self._window is None or getattr(event, "window", None) != self._window:
            return
        elif event.type == X.ReparentNotify and event.parent != self._screen.root:
            self._hosted(True)
        elif event.type in (X.Expose, X.ConfigureNotify):
            self._draw()
        elif event.type == X.ButtonPress and (self._popup is None or not self._popup.is_open):
            self._open(event.root_x - event.event_x, event.root_y - event.event_y)

    def _open(self, left: int, top: int) -> None:
        self._opened()
        beside = (left, top, top + self._window.get_geometry().height)
        self._popup = Popup(self._display, self._icon.menu, beside, self._chosen)

    def _chosen(self, item: MenuItem) -> None:
        item(self._icon)

    def _embed(self) -> None:
        """Ask the tray, if there is one, to take a window of ours."""
        owner = self._display.get_selection_owner(self._selection)
        if owner == X.NONE:
            return
        self._tray = owner
        owner.change_attributes(event_mask=X.StructureNotifyMask)
        self._window = self._made(self._wanted_visual(owner))
        self._window.set_wm_class(self._icon.name, self._icon.name)
        self._window.set_wm_name(self._icon.title)
        self._window.set_wm_normal_hints(flags=Xutil.PMinSize, min_width=_SMALLEST, min_height=_SMALLEST)
        embedding = self._display.intern_atom("_XEMBED_INFO")
        self._window.change_property(embedding, embedding, 32, [0, _MAPPED])
        opcode = self._display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        body = (X.CurrentTime, _DOCK, self._window.id, 0, 0)
        owner.send_event(ClientMessage(window=owner, client_type=opcode, data=(32, body)))

    def _wanted_visual(self, owner: Any) -> int | None:
        """The tray's visual where it has one that can be seen through (section "Visual of tray icons")."""
        name = self._display.intern_atom("_NET_SYSTEM_TRAY_VISUAL")
        wanted = owner.get_full_property(name, Xatom.VISUALID)
        for depth in self._screen.allowed_depths:
            if wanted and depth.depth == 32 and wanted.value[0] in [one.visual_id for one in depth.visuals]:
                return int(wanted.value[0])
        return None

    def _made(self, visual: int | None) -> Any:
        events = X.ExposureMask | X.StructureNotifyMask | X.ButtonPressMask
        size = (-1, -1, _SMALLEST, _SMALLEST, 0)
        root = self._screen.root
        if visual is None:
            self._depth = self._screen.root_depth
            return root.create_window(*size, self._depth, event_mask=events)
        self._depth = 32
        return root.create_window(
            *size, self._depth, X.InputOutput, visual, event_mask=events, border_pixel=0,
            background_pixel=0, colormap=root.create_colormap(visual, X.AllocNone),
        )  # fmt: skip

    def _left(self) -> None:
        """The tray is gone, and may have taken the window with it."""
        self._hosted(False)
        if self._popup is not None:
            self._popup.close()
        self._window.destroy()
        self._window = self._tray = None
        self._embed()

    def _draw(self) -> None:
        if self._window is None:
            return
        try:
            place = self._window.get_geometry()
            size = (place.width, place.height)
            icon = self._icon.icon(max(1, min(size)))
            if self._depth == 32:
                pixels = see_through(size, icon)
            else:
                self._window.change_attributes(background_pixmap=X.ParentRelative)
                self._window.clear_area()
                ground = self._window.get_image(0, 0, *size, X.ZPixmap, 0xFFFFFFFF)
                pixels = over(ground.data, size, icon)
            put(self._window, self._depth, size, pixels)
            self._window.set_wm_name(self._icon.title)
        except XError as fault:
            # The window is hidden or gone; it is drawn again when it is seen again.
            _log.debug("the icon could not be drawn: %s", fault)
