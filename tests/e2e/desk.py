"""A real desktop for tests: X server or compositor, bus, window manager, notifications, panel, login service.

It alone starts desktop programs; each test has its own, with a home of its own, and none of it outlives it.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from deskbreak.links.bus import Bus
from tests.e2e.parts import (
    BUS_CONFIG,
    DESKTOP,
    DUNST_CONFIG,
    LOGIND,
    MAKO_CONFIG,
    PACKAGES,
    PANEL_CONFIG,
    PICK,
    RECORD,
    SESSION,
    SWAY_CONFIG,
    SYSTEM_PYTHON,
    WAYBAR_CONFIG,
    WAYBAR_STYLE,
    XFCONFD,
    Part,
    needs,
    xauthority,
)
from tests.nobody import folder_of_nobody

READY_WITHIN = timedelta(seconds=15)
A_CLICK_TAKES = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Shown:
    """One card that the notification server put on the screen."""

    title: str
    body: str
    urgency: str


def until(condition: Callable[[], object], what: str, within: timedelta = READY_WITHIN) -> None:
    """Returns as soon as `condition` holds; fails the test, saying `what`, when it has not in time."""
    if not comes(condition, within):
        pytest.fail(f"waited {within.total_seconds():g} s in vain: {what}")


def comes(condition: Callable[[], object], within: timedelta) -> bool:
    """Whether `condition` holds within this time; returns as soon as it does."""
    deadline = time.monotonic() + within.total_seconds()
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Desk:
    """One desktop of the given parts, under `folder`; `env` is for the programs that run on it.

    Absent parts stay absent: nothing is activated, and `env` does not lead to the machine's own desktop, nor
    to its terminals.
    """

    def __init__(self, folder: Path, parts: Collection[Part] = DESKTOP) -> None:
        self.folder = folder
        self.parts = frozenset(parts)
        self.runtime = folder / "run"
        self.display = ""
        self.env: dict[str, str] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._standing = ExitStack()
        self._borrowed: Path | None = None

    def __enter__(self) -> Self:
        needs(*(pair for part in self.parts for pair in PACKAGES[part].items()))
        self._lay_out()
        try:
            for part in Part:
                if part in self.parts:
                    self.start(part)
        except BaseException:
            self._end_all()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()

    def start(self, part: Part) -> None:
        """Starts a part (again, at the same address) and returns when it answers."""
        match part:
            case Part.SYSTEM_BUS:
                self._bus("system")
            case Part.LOGIND:
                self._logind()
            case Part.SCREEN:
                self._screen()
            case Part.BUS:
                self._bus("session")
            case Part.MUTTER:
                self._mutter()
            case Part.SWAY:
                self._sway()
            case Part.KWIN:
                self._kwin()
            case Part.WINDOWS:
                self.launch("windows", "openbox")
                self._ready(
                    "windows", lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
                )
            case Part.NOTICES:
                self.launch("notices", "dunst", "-config", str(self.folder / "dunst" / "dunstrc"))
                self._ready("notices", lambda: self.owned("org.freedesktop.Notifications"))
            case Part.PANEL:
                self.launch("settings", str(XFCONFD))
                self._ready("settings", lambda: self.owned("org.xfce.Xfconf"))
                self.launch("panel", "xfce4-panel", "--disable-wm-check")
                self._ready("panel", lambda: self.owned("org.kde.StatusNotifierWatcher"))
            case Part.MAKO:
                self.launch("mako", "mako")
                self._ready("mako", lambda: self.owned("org.freedesktop.Notifications"))
            case Part.WAYBAR:
                self.launch("waybar", "waybar")
                self._ready("waybar", lambda: self.owned("org.kde.StatusNotifierWatcher"))

    def stop(self, part: Part, kill: bool = False) -> None:
        """Ends a part, orderly or by SIGKILL, and returns when it is gone."""
        self._end(part.value, signal.SIGKILL if kill else signal.SIGTERM)
        if part is Part.PANEL:
            self._end("settings")

    def send(self, part: Part, what: signal.Signals) -> None:
        """Sends a signal to a part: SIGSTOP makes it hang, SIGCONT go on."""
        os.killpg(self._running[part.value].pid, what)

    def restart_panel(self) -> None:
        self.stop(Part.PANEL)
        self.start(Part.PANEL)

    def launch(
        self, name: str, *command: str, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Starts a program on this desktop; it is ended with it, its output is in `folder`/`name`.log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            program = subprocess.Popen(
                command, env=env or self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        self._running[name] = program
        return program

    def run(self, *command: str) -> str:
        """What a short command prints on this desktop; whether it succeeded is not asked."""
        return subprocess.run(
            command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        ).stdout

    def owned(self, name: str, bus: str = "session") -> bool:
        """Whether a well-known name has an owner on the bus."""
        reply = self.run("dbus-send", f"--{bus}", "--print-reply=literal", "--dest=org.freedesktop.DBus",
                         "/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}")  # fmt: skip
        return "true" in reply

    def type_text(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", "20", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def screenshot(self, path: Path) -> Path:
        self.run("scrot", "-o", str(path))
        return path

    def dunstctl(self, *arguments: str) -> str:
        return self.run("dunstctl", *arguments).strip()

    def press(self, label: str) -> None:
        """Chooses the button with this label on the cards shown, in dunst's own context menu."""
        (self.folder / "dunst" / "wanted").write_text(label)
        self.dunstctl("context")

    def cards(self) -> list[Shown]:
        """Every card that dunst has shown since it was started, the oldest first."""
        files = sorted((self.folder / "dunst").glob("card.*"))
        return [Shown(*path.read_text().split("\0")) for path in files]

    def logind(self, path: str, method: str, *arguments: str) -> str:
        """Calls the login service, `method` with its interface, `arguments` as dbus-send writes them."""
        return self.run(
            "dbus-send", "--system", "--print-reply", f"--dest={LOGIND[0]}", path, method, *arguments
        )

    def prepare_for_sleep(self, about_to: bool) -> None:
        """What the login service says before the machine sleeps (True) and after it woke (False)."""
        manager = f"{LOGIND[0]}.Manager"
        self._mock(LOGIND[1], "EmitSignal", "sssav", (manager, "PrepareForSleep", "b", [("b", about_to)]))

    def session_is(self, active: bool) -> None:
        """Whether the session is the one that its seat shows, or another user's is."""
        self.session_says(Active=("b", active))

    def session_says(self, **properties: tuple[str, object]) -> None:
        """Has the login service tell these of the session, each as its type and its value."""
        self._mock(SESSION, "UpdateProperties", "sa{sv}", (f"{LOGIND[0]}.Session", properties))

    def session_ends(self) -> None:
        """What the login service says when the person has logged out."""
        self._session_is("SessionRemoved", self.env["XDG_SESSION_ID"])

    def session_begins(self, name: str) -> None:
        """The person logs in again, in a session of another name."""
        self._add_session(name)
        self._session_is("SessionNew", name)

    def _session_is(self, what: str, name: str) -> None:
        told = [("s", name), ("o", f"{SESSION.rpartition('/')[0]}/{name}")]
        self._mock(LOGIND[1], "EmitSignal", "sssav", (f"{LOGIND[0]}.Manager", what, "so", told))

    def _mock(self, path: str, member: str, signature: str, body: tuple[object, ...]) -> None:
        bus = Bus(self.env["DBUS_SYSTEM_BUS_ADDRESS"])
        try:
            bus.call(LOGIND[0], path, "org.freedesktop.DBus.Mock", member, signature, body)
        finally:
            bus.close()

    def _lay_out(self) -> None:
        for name in ("home", "config", "data", "state", "cache", "run", "dunst"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.runtime.chmod(0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.runtime}/system",
            "XDG_SESSION_TYPE": "x11",
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
        }
        xfconf = self.folder / "config/xfce4/xfconf/xfce-perchannel-xml"
        xfconf.mkdir(parents=True)
        (xfconf / "xfce4-panel.xml").write_text(PANEL_CONFIG)
        for name, text in (
            ("mako/config", MAKO_CONFIG),
            ("waybar/config", WAYBAR_CONFIG),
            ("waybar/style.css", WAYBAR_STYLE),
        ):
            (self.folder / "config" / name).parent.mkdir(exist_ok=True)
            (self.folder / "config" / name).write_text(text)
        dunst = self.folder / "dunst"
        (dunst / "dunstrc").write_text(DUNST_CONFIG.format(folder=dunst))
        for name, script in (("pick", PICK), ("record", RECORD)):
            (dunst / name).write_text(script.format(folder=dunst))
            (dunst / name).chmod(0o700)

    def _screen(self) -> None:
        cookie = self.folder / "cookie"
        secret = os.urandom(16)
        cookie.write_bytes(xauthority(secret))
        reading, writing = os.pipe()
        given = [self.display] if self.display else []
        with (self.folder / "screen.log").open("ab") as log, open(reading, "rb") as answer:
            self._running["screen"] = subprocess.Popen(
                ["Xvfb", *given, "-displayfd", str(writing), "-screen", "0", "1024x640x24",
                 "-nolisten", "tcp", "-noreset", "-auth", str(cookie)],
                env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                pass_fds=[writing], start_new_session=True,
            )  # fmt: skip
            os.close(writing)
            number = answer.readline().decode().strip()
        if not number:
            pytest.fail(f"Xvfb did not start:\n{self._said('screen')}")
        cookie.write_bytes(xauthority(secret) + xauthority(secret, number))
        self.display = f":{number}"
        self.env |= {"DISPLAY": self.display, "XAUTHORITY": str(cookie)}

    def _mutter(self) -> None:
        self.env |= {"WAYLAND_DISPLAY": "wayland-7", "XDG_SESSION_TYPE": "wayland"}
        self.launch("mutter", "mutter", "--headless", "--wayland", "--no-x11",
                    "--virtual-monitor", "1024x640",
                    "--wayland-display", self.env["WAYLAND_DISPLAY"])  # fmt: skip
        self._ready("mutter", lambda: self.owned("org.gnome.Mutter.RemoteDesktop"))
        self._ready("mutter", lambda: self.owned("org.gnome.Mutter.IdleMonitor"))

    def _sway(self) -> None:
        # It refuses to run as root, and whom it runs as cannot reach the folders of root's tests.
        runtime = self._borrowed or Path(self._standing.enter_context(folder_of_nobody()))
        self._borrowed = runtime
        (runtime / "config").write_text(SWAY_CONFIG)
        for left in (*runtime.glob("wayland-*"), *runtime.glob("orders")):
            left.unlink()
        nobody = (
            ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") if os.geteuid() == 0 else ()
        )
        self.launch("sway", *nobody, "sway", "--config", str(runtime / "config"), env={
            "PATH": self.env["PATH"], "HOME": str(runtime), "XDG_RUNTIME_DIR": str(runtime),
            "SWAYSOCK": str(runtime / "orders"),
            "WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman",
        })  # fmt: skip
        self._ready("sway", lambda: [*runtime.glob("wayland-*[0-9]")])
        (door,) = runtime.glob("wayland-*[0-9]")
        self.env |= {"WAYLAND_DISPLAY": str(door), "XDG_SESSION_TYPE": "wayland"}
        self.env |= {"SWAYSOCK": str(runtime / "orders")}

    def _kwin(self) -> None:
        # A container may refuse the rights that the installed file asks for, and a copy asks for none; it
        # works only by its own name.
        program = self.folder / "kwin_wayland"
        shutil.copyfile(shutil.which("kwin_wayland") or "", program)
        program.chmod(0o700)
        door = self.runtime / "kwin"
        door.unlink(missing_ok=True)
        open_to_all = {"KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1", "KWIN_COMPOSE": "Q"}
        self.launch("kwin", str(program), "--virtual", "--width", "1024", "--height", "640",
                    "--no-lockscreen", "--no-global-shortcuts", "--socket", door.name,
                    env=self.env | open_to_all)  # fmt: skip
        self._ready("kwin", door.exists)
        self.env |= {"WAYLAND_DISPLAY": door.name, "XDG_SESSION_TYPE": "wayland"}

    def _bus(self, kind: str) -> None:
        address = f"unix:path={self.runtime}/{'bus' if kind == 'session' else kind}"
        config = self.folder / f"{kind}.conf"
        config.write_text(BUS_CONFIG.format(kind=kind, address=address))
        self.env[f"DBUS_{kind.upper()}_BUS_ADDRESS"] = address
        name = Part.BUS.value if kind == "session" else Part.SYSTEM_BUS.value
        # A socket left behind by a killed bus would make the next one fail to bind.
        Path(address.removeprefix("unix:path=")).unlink(missing_ok=True)
        self.launch(name, "dbus-daemon", f"--config-file={config}", "--nofork")
        self._ready(name, lambda: self.owned("org.freedesktop.DBus", kind))

    def _logind(self) -> None:
        self.launch("logind", SYSTEM_PYTHON, "-m", "dbusmock", "--system", "--template", "logind")
        self._ready("logind", lambda: self.owned(LOGIND[0], "system"))
        self.env["XDG_SESSION_ID"] = SESSION.rpartition("/")[2]
        self._add_session(self.env["XDG_SESSION_ID"])

    def _add_session(self, name: str) -> None:
        self.logind(LOGIND[1], "org.freedesktop.DBus.Mock.AddSession", f"string:{name}",
                    "string:seat0", f"uint32:{os.getuid()}", "string:tester", "boolean:true")  # fmt: skip

    def _ready(self, name: str, condition: Callable[[], object]) -> None:
        program = self._running[name]
        until(lambda: program.poll() is not None or condition(), f"{name} is ready:\n{self._said(name)}")
        if program.poll() is not None:
            pytest.fail(f"{name} ended at once:\n{self._said(name)}")

    def _said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]

    def _end(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        program = self._running.pop(name, None)
        if program is None:
            return
        for by in (how, signal.SIGKILL):
            try:
                os.killpg(program.pid, by)
            except ProcessLookupError:
                break
            try:
                program.wait(timeout=3)
            except subprocess.TimeoutExpired:
                continue
            break
        program.wait()

    def _end_all(self) -> None:
        with self._standing:
            for name in reversed(list(self._running)):
                self._end(name)
