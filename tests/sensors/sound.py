"""A real PulseAudio server with a microphone that hears nothing, on a desk; it alone starts it."""

import json
import subprocess
from typing import Any

from tests.e2e.desk import Desk, until
from tests.e2e.parts import needs

_DEVICES = ("module-null-source source_name=mic", "module-null-sink sink_name=out")


class Sound:
    """The server of one desk; programs reach it as they would in a session."""

    def __init__(self, desk: Desk) -> None:
        needs(("pulseaudio", "pulseaudio"), ("pactl", "pulseaudio-utils"))
        self._desk = desk
        self._folder = desk.runtime / "pulse"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._recorders = 0
        self.server: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        devices = (f"module-native-protocol-unix socket={self._folder / 'native'}", *_DEVICES)
        loads = [word for device in devices for word in ("-L", device)]
        self.server = self._desk.launch(
            "sound", "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "--disable-shm=yes", *loads,
        )  # fmt: skip
        until(
            lambda: "mic" in self._desk.run("pactl", "list", "short", "sources"), "the sound server answers"
        )

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()
        (self._folder / "native").unlink(missing_ok=True)

    def records(self, *words: str, source: str = "mic") -> subprocess.Popen[bytes]:
        """A program that records, until it is killed; returns when the server has its stream."""
        self._recorders += 1
        before = len(self.streams())
        command = ("parecord", f"--device={source}", "--raw", *words, "/dev/null")
        program = self._desk.launch(f"recorder{self._recorders}", *command)
        until(lambda: len(self.streams()) > before, "the program records")
        return program

    def streams(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = json.loads(
            self._desk.run("pactl", "-f", "json", "list", "source-outputs") or "[]"
        )
        return said
