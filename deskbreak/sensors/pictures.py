"""Notices that a program takes the picture of a screen or of a camera, by PipeWire's word; it takes none.

A screen is shared over PipeWire by every Wayland desktop. The compositors that send it themselves (GNOME,
Plasma) call it a stream; the portals that do (of wlroots, Hyprland, COSMIC) call it a source without a role,
as some virtual cameras do, and are known by their names.
Source: PipeWire documentation, pipewire/keys.h, media.class, media.role, link.output.node, link.input.node.
"""

import logging
from collections.abc import Collection, Mapping
from pathlib import Path

from deskbreak.errors import DeskbreakError
from deskbreak.links.pipewire import Object, PipeWire, PipeWireSilentError
from deskbreak.links.wayland import in_session
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.programs import Program, any_but, program, told
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

# Plasma's panel shows small pictures of the windows under the pointer; who works from another machine over
# GNOME's remote desktop looks at their own screen.
_OWN_EYES = frozenset({"plasmashell", "gnome-remote-desktop-daemon"})

# What PipeWire calls a source; a program's own stream is Stream/Output/Video.
_SOURCE = "Video/Source"
# In the names of portals, or of what they send: xdpw-stream-1q8fhz, cosmic-screenshot.
_OF_SCREENS = ("xdg-desktop-portal", "xdpw", "xdph", "screen")

Objects = Mapping[int, Object]


class Pictures:
    """The programs of this session that take a picture over PipeWire."""

    def __init__(self, env: Mapping[str, str], put: Put) -> None:
        path = _place(env)
        self._wayland = in_session(env)
        self._server = _Server(path, put)
        self._watch = Watch("pictures", self._server, place=path)
        if path is not None:
            self._watch.start()

    @property
    def sharing(self) -> bool:
        """Whether anybody takes the picture of a screen or of a window."""
        return bool(self._server.viewers)

    def filming(self, ignored: Collection[str]) -> bool:
        """Whether anybody but the `ignored` programs takes the picture of a camera."""
        return any_but(ignored, self._server.filmers)

    def accounts(self) -> tuple[Account, ...]:
        return (self._screen_account(), self._camera_account())

    def close(self) -> None:
        self._watch.end()

    def _screen_account(self) -> Account:
        source, absence, viewers = "screen sharing", self._server.absence, self._server.viewers
        if absence is not None:
            mend = _("pause deskbreak while you share the screen")
            if self._server.hangs:
                mend = _("restart PipeWire; until then pause deskbreak while you share the screen")
            elif self._wayland:
                mend = _("start PipeWire; until then pause deskbreak while you share the screen")
            return Account(source, Serves.SHARING, False, absence, mend)
        if viewers:
            says = _("watched by {names}").format(names=told(viewers))
        elif self._wayland:
            says = _("nobody takes a picture of the screen")
        else:
            says = _("nobody takes a picture of the screen over PipeWire; over X11 that cannot be seen")
        return Account(source, Serves.SHARING, True, says)

    def _camera_account(self) -> Account:
        source, filmers = "camera over PipeWire", self._server.filmers
        if self._server.absence is not None:
            return Account(source, Serves.CALL, False, self._server.absence)
        says = _("in use by {names}").format(names=told(filmers)) if filmers else _("not in use")
        return Account(source, Serves.CALL, True, says)


class _Server:
    """`Watched`: the connection to PipeWire; what has no underscore the thread publishes.

    `viewers` take the picture of a screen, `filmers` that of a camera; `absence`: why PipeWire says nothing,
    None while it does; `hangs`: because it does not answer.
    """

    def __init__(self, path: Path | None, put: Put) -> None:
        self.viewers: tuple[Program, ...] = ()
        self.filmers: tuple[Program, ...] = ()
        self.absence: str | None = _("it has not been asked yet")
        self.hangs = False
        if path is None:
            self.absence = _("XDG_RUNTIME_DIR is not set, so PipeWire has no place here")
        self._path = path
        self._put = put
        self._pipewire: PipeWire | None = None

    def open(self, again: bool) -> None:
        assert self._path is not None
        if not again:
            # Where there is none that is told at once, so who reads this looks at one that hangs.
            self.absence, self.hangs = str(PipeWireSilentError()), True
        self._pipewire = PipeWire(self._path)
        self.absence, self.hangs = None, False
        self._publish(self._pipewire.objects)

    def fileno(self) -> int:
        return self._open_pipewire().fileno()

    def prepare(self) -> None:
        """It only listens."""

    def hear(self) -> None:
        pipewire = self._open_pipewire()
        pipewire.hear()
        self._publish(pipewire.objects)

    def waited(self) -> None:
        """It waits for a word only."""

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        _log.debug("%s", fault)
        self.absence, self.hangs = str(fault), isinstance(fault, PipeWireSilentError)

    def lost(self, fault: DeskbreakError) -> None:
        self.missed(fault, first=True)
        self.close()
        self._publish({})

    def close(self) -> None:
        self._open_pipewire().close()
        self._pipewire = None

    def _open_pipewire(self) -> PipeWire:
        assert self._pipewire is not None
        return self._pipewire

    def _publish(self, objects: Objects) -> None:
        now = at_screen(objects), at_camera(objects)
        changed = now != (self.viewers, self.filmers)
        self.viewers, self.filmers = now
        if changed:
            self._put(Stirred())


def at_screen(objects: Objects) -> tuple[Program, ...]:
    """The programs that take the picture of a screen or of a window."""
    takers = _takers(objects, camera=False)
    return tuple(names for names in takers if _OWN_EYES.isdisjoint(names))


def at_camera(objects: Objects) -> tuple[Program, ...]:
    """The programs that take the picture of a camera."""
    return _takers(objects, camera=True)


def _takers(objects: Objects, camera: bool) -> tuple[Program, ...]:
    links = (each.properties for each in objects.values() if each.kind == "Link")
    return tuple(
        _program(objects, link.get("link.input.node", ""))
        for link in links
        if (node := _named(objects, link.get("link.output.node", ""))) is not None
        and "Video" in node.get("media.class", "").split("/")
        and _films(objects, node, _named(objects, link.get("link.input.node", "")) or {}) is camera
    )


def _films(objects: Objects, node: Mapping[str, str], taker: Mapping[str, str]) -> bool:
    """Whether a camera, or what passes for one, is the source of this picture, and no screen."""
    roles = {node.get("media.role"), taker.get("media.role")}
    if "device.id" in node or "Camera" in roles:
        return True
    if "Screen" in roles or node.get("media.class") != _SOURCE:
        return False
    client = _named(objects, node.get("client.id", "")) or {}
    names = f"{node.get('node.name')}\n{client.get('application.name')}".lower()
    return not any(word in names for word in _OF_SCREENS)


def _program(objects: Objects, number: str) -> Program:
    node = _named(objects, number) or {}
    client = _named(objects, node.get("client.id", "")) or {}
    return program((client.get("application.name", ""),))


def _named(objects: Objects, number: str) -> Mapping[str, str] | None:
    found = objects.get(int(number)) if number.isdecimal() else None
    return None if found is None else found.properties


def _place(env: Mapping[str, str]) -> Path | None:
    """Where PipeWire listens in this session (pipewire(1), environment); None: nowhere."""
    folder = env.get("PIPEWIRE_RUNTIME_DIR") or env.get("XDG_RUNTIME_DIR") or ""
    name = env.get("PIPEWIRE_REMOTE") or "pipewire-0"
    return Path(folder) / name if folder or name.startswith("/") else None
