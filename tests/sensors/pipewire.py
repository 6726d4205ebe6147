"""A real PipeWire on a desk, screens and cameras that show a picture on it, and programs that take it."""

import json
import subprocess
from pathlib import Path

from deskbreak.links.bus import Bus
from tests.e2e.desk import Desk, until
from tests.e2e.parts import needs

TAKER = "gst-launch-1.0"
_CAST = "org.gnome.Mutter.ScreenCast"
_CAST_PATH = "/org/gnome/Mutter/ScreenCast"


class PipeWireServer:
    """PipeWire and the session's hand that joins its programs."""

    def __init__(self, desk: Desk) -> None:
        needs(("pipewire", "pipewire"), ("pw-dump", "pipewire-bin"), ("wireplumber", "wireplumber"))
        self.desk = desk
        self.door: Path = desk.runtime / "pipewire-0"
        self._running: list[subprocess.Popen[bytes]] = []
        self._takers = 0
        self.start()

    def start(self) -> None:
        self._running.append(self.desk.launch("pipewire", "pipewire"))
        until(self.door.exists, "PipeWire is there")
        self._running.append(self.desk.launch("wireplumber", "wireplumber"))

    def kill(self) -> None:
        for program in self._running:
            program.kill()
            program.wait()
        self._running.clear()
        self.door.unlink(missing_ok=True)

    def shows(self, name: str, **properties: str) -> subprocess.Popen[bytes]:
        """A program that offers a picture under this name, as portals and cameras do."""
        _needs_gstreamer()
        said = ",".join(f"{key.replace('_', '.')}=(string){value}" for key, value in properties.items())
        program = self.desk.launch(
            name, "gst-launch-1.0", "videotestsrc", "is-live=true",
            "!", "video/x-raw,format=RGB,width=64,height=48,framerate=5/1",
            "!", "pipewiresink", "mode=provide",
            f"stream-properties=p,node.name={name},media.class=Video/Source,{said}".rstrip(","),
        )  # fmt: skip
        until(lambda: self.has_node(name), "the picture is offered")
        return program

    def takes(self, name: str) -> subprocess.Popen[bytes]:
        """A program, `TAKER`, that takes the picture under this name, until it is killed."""
        _needs_gstreamer()
        self._takers += 1
        return self.desk.launch(
            f"taker{self._takers}", TAKER, "pipewiresrc", f"target-object={name}",
            "!", "videoconvert", "!", "fakesink",
        )  # fmt: skip

    def has_node(self, name: str) -> bool:
        objects = json.loads(self.desk.run("pw-dump") or "[]")
        return any(each.get("info", {}).get("props", {}).get("node.name") == name for each in objects)


class MutterCast:
    """GNOME's screen as the ScreenCast portal has it recorded, under the name `mutter`."""

    def __init__(self, server: PipeWireServer) -> None:
        self._bus = Bus(server.desk.env["DBUS_SESSION_BUS_ADDRESS"])
        (session,) = self._bus.call(_CAST, _CAST_PATH, _CAST, "CreateSession", "a{sv}", ({},))
        self._session = str(session)
        self._says("RecordMonitor", "sa{sv}", ("", {}))
        self._says("Start")
        until(lambda: server.has_node("mutter"), "the screen is offered")

    def stop(self) -> None:
        self._says("Stop")

    def close(self) -> None:
        self._bus.close()

    def _says(self, member: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        self._bus.call(_CAST, self._session, f"{_CAST}.Session", member, signature, body)


def _needs_gstreamer() -> None:
    plugin = next(Path("/usr/lib").glob("*/gstreamer-1.0/libgstpipewire.so"), Path("/no/pipewire"))
    tests = next(Path("/usr/lib").glob("*/gstreamer-1.0/libgstvideotestsrc.so"), Path("/no/pictures"))
    needs(
        ("gst-launch-1.0", "gstreamer1.0-tools"),
        (str(plugin), "gstreamer1.0-pipewire"),
        (str(tests), "gstreamer1.0-plugins-base"),
    )
