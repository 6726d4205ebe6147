"""The tray icon as StatusNotifierItem: a pystray backend over our own bus; it only shows and reports clicks.

Source: freedesktop.org StatusNotifierItem specification 0.1, and what its hosts ask for beyond it.
"""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import timedelta

from pystray import Menu, MenuItem, _base

from deskbreak.desktop.freedesktop import menu as served
from deskbreak.desktop.icons import Drawing, argb32
from deskbreak.links.bus import Bus, BusError, Property
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Clock

_log = logging.getLogger(__name__)

PATH = "/StatusNotifierItem"
INTERFACE = "org.kde.StatusNotifierItem"
WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
SIZES = (16, 22, 24, 32, 48)
TITLES_APART = timedelta(minutes=1)
"""Some hosts read every property again, icon included, when the title changes."""

_LEAVING = timedelta(seconds=2)

# No Activate and no ContextMenu: a host that calls them in spite of ItemIsMenu gets the standard error, at
# which the known ones open the menu. No ProvideXdgActivationToken: GNOME Shell would show a busy cursor.
_XML = f"""<interface name="{INTERFACE}">
<property name="Category" type="s" access="read"/><property name="Id" type="s" access="read"/>
<property name="Title" type="s" access="read"/><property name="Status" type="s" access="read"/>
<property name="WindowId" type="i" access="read"/><property name="IconThemePath" type="s" access="read"/>
<property name="IconName" type="s" access="read"/><property name="IconPixmap" type="a(iiay)" access="read"/>
<property name="IconAccessibleDesc" type="s" access="read"/>
<property name="OverlayIconName" type="s" access="read"/>
<property name="OverlayIconPixmap" type="a(iiay)" access="read"/>
<property name="AttentionIconName" type="s" access="read"/>
<property name="AttentionIconPixmap" type="a(iiay)" access="read"/>
<property name="AttentionMovieName" type="s" access="read"/>
<property name="ToolTip" type="(sa(iiay)ss)" access="read"/>
<property name="ItemIsMenu" type="b" access="read"/><property name="Menu" type="o" access="read"/>
<signal name="NewTitle"/><signal name="NewIcon"/><signal name="NewToolTip"/>
<signal name="NewAttentionIcon"/><signal name="NewOverlayIcon"/>
<signal name="NewStatus"><arg type="s"/></signal>
</interface>"""

Pixmap = tuple[int, int, bytes]


class Icon(_base.Icon):  # type: ignore[misc]
    """A pystray icon without a default item: a click opens the menu.

    `drawing` takes the place of pystray's image: it is asked for each size that is shown. The icon joins
    the bus by itself, and registers with every tray host that comes. All callbacks come from the icon's
    thread or the bus's: `hosted` with whether some host shows the icon, `opened` when the menu is about
    to show. The rest of pystray's interface may be used from any thread.
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
        session: Rejoin,
        clock: Clock,
        hosted: Callable[[bool], None],
        opened: Callable[[], None],
    ) -> None:
        super().__init__(name, drawing, title, menu)
        self._session = session
        self._clock = clock
        self._hosted = hosted
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._rows = served.MenuService(self._clicked, opened)
        self._bus: Bus | None = None
        self._thread: threading.Thread | None = None
        self._pixmaps: tuple[Pixmap, ...] = ()
        self._titled_at: timedelta | None = None
        self._title_waits = False

    def _show(self) -> None:
        self._jobs.put(self._say_status)

    def _hide(self) -> None:
        self._jobs.put(self._say_status)

    def _update_icon(self) -> None:
        self._icon_valid = True
        self._jobs.put(self._redraw)

    def _update_title(self) -> None:
        self._jobs.put(self._say_title)

    def _update_menu(self) -> None:
        self._jobs.put(self._renew_menu)

    def _run(self) -> None:
        self._mark_ready()
        self._redraw()
        self._renew_menu()
        self._session.join(self._joined)
        while True:
            try:
                job = self._jobs.get(timeout=self._until_title())
            except queue.Empty:
                self._say_title()
                continue
            if job is None:
                break
            job()
        self._session.close()

    def _run_detached(self) -> None:
        self._thread = threading.Thread(target=self._run, name="tray", daemon=True)
        self._thread.start()

    def _stop(self) -> None:
        self._jobs.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_LEAVING.total_seconds())

    def _remove_notification(self) -> None:
        """There is none: prompts go through the notifier."""

    def _joined(self, bus: Bus) -> None:
        self._jobs.put(lambda: self._offer(bus))

    def _offer(self, bus: Bus) -> None:
        self._bus = bus
        nothing = Property("s", lambda: "")
        no_pixmap = Property("a(iiay)", list)
        properties = {
            "Category": Property("s", lambda: "ApplicationStatus"),
            "Id": Property("s", lambda: self.name),
            "Title": Property("s", lambda: self.title),
            "Status": Property("s", self._status),
            "WindowId": Property("i", lambda: 0),
            "IconThemePath": nothing,
            "IconName": nothing,
            "IconPixmap": Property("a(iiay)", lambda: list(self._pixmaps)),
            "IconAccessibleDesc": Property("s", lambda: self.title),
            "OverlayIconName": nothing,
            "OverlayIconPixmap": no_pixmap,
            "AttentionIconName": nothing,
            "AttentionIconPixmap": no_pixmap,
            "AttentionMovieName": nothing,
            "ToolTip": Property("(sa(iiay)ss)", lambda: ("", [], self.title, "")),
            "ItemIsMenu": Property("b", lambda: True),
            "Menu": Property("o", lambda: served.PATH),
        }
        bus.export(PATH, INTERFACE, {}, properties, _XML)
        self._rows.offer(bus)
        bus.on_lost(lambda: self._jobs.put(lambda: self._hosted(False)))
        for member in ("StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"):
            bus.hear(interface=WATCHER, member=member, to=lambda _: self._look_for_host(bus))
        bus.follow(WATCHER, lambda owner: self._watched(bus, owner))

    def _watched(self, bus: Bus, owner: str | None) -> None:
        if owner is None:
            self._jobs.put(lambda: self._hosted(False))
            return

        def registered(answer: tuple[object, ...] | BusError) -> None:
            if isinstance(answer, BusError):
                _log.warning("the tray did not take the icon: %s", answer)
            else:
                self._jobs.put(lambda: self._hosted(True))
                self._look_for_host(bus)

        bus.ask(
            owner,
            WATCHER_PATH,
            WATCHER,
            "RegisterStatusNotifierItem",
            "s",
            (bus.unique_name,),
            reply=registered,
        )

    def _look_for_host(self, bus: Bus) -> None:
        """A watcher can run without anything that shows icons."""

        def answered(answer: tuple[object, ...] | BusError) -> None:
            if not isinstance(answer, BusError):
                hosted = answer == (("b", True),)
                self._jobs.put(lambda: self._hosted(hosted))

        bus.ask(
            WATCHER,
            WATCHER_PATH,
            "org.freedesktop.DBus.Properties",
            "Get",
            "ss",
            (WATCHER, "IsStatusNotifierHostRegistered"),
            reply=answered,
        )

    def _status(self) -> str:
        return "Active" if self.visible else "Passive"

    def _say_status(self) -> None:
        self._emit("NewStatus", "s", (self._status(),))

    def _redraw(self) -> None:
        drawing: Drawing = self.icon
        pixmaps = tuple((size, size, argb32(drawing(size))) for size in SIZES)
        if pixmaps != self._pixmaps:
            self._pixmaps = pixmaps
            self._emit("NewIcon")

    def _renew_menu(self) -> None:
        self._rows.renew(self.menu)

    def _until_title(self) -> float | None:
        """Seconds until the title that waits may be said; None: none waits."""
        if not self._title_waits or self._titled_at is None:
            return None
        return max(0.0, (self._titled_at + TITLES_APART - self._clock.now().elapsed).total_seconds())

    def _say_title(self) -> None:
        now = self._clock.now().elapsed
        self._title_waits = self._titled_at is not None and now - self._titled_at < TITLES_APART
        if not self._title_waits:
            self._titled_at = now
            self._emit("NewTitle")
            self._emit("NewToolTip")

    def _clicked(self, item: MenuItem) -> None:
        self._jobs.put(lambda: item(self))

    def _emit(self, member: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        if self._bus is not None:
            self._bus.emit(PATH, INTERFACE, member, signature, body)
