"""Real sound servers with a microphone that hears nothing, on a desk; it alone starts them."""

import json
import subprocess
from abc import ABC, abstractmethod
from typing import Any

from tests.e2e.desk import Desk, until
from tests.e2e.parts import needs
from tests.sensors.pipewire import PipeWireServer


class Sound(ABC):
    """The server of one desk; programs reach it as they would in a session."""

    def __init__(self, desk: Desk) -> None:
        needs(("pactl", "pulseaudio-utils"))
        self.desk = desk
        self._recorders = 0
        self.start()

    @abstractmethod
    def start(self) -> None:
        """Returns when the server answers, with the sources `mic` and `out.monitor`."""

    @abstractmethod
    def kill(self) -> None: ...

    def records(self, *words: str, source: str = "mic") -> subprocess.Popen[bytes]:
        """A program that records, until it is killed; returns when it does."""
        before = len(self._flowing())
        program = self.runs("parecord", f"--device={source}", "--raw", *words, "/dev/null")
        until(lambda: len(self._flowing()) > before, "the program records")
        return program

    def runs(self, *command: str) -> subprocess.Popen[bytes]:
        """A program of any kind that would record; returns when the server has its stream."""
        self._recorders += 1
        before = len(self.streams())
        program = self.desk.launch(f"recorder{self._recorders}", *command)
        until(lambda: len(self.streams()) > before, "the program has a stream")
        return program

    def _flowing(self) -> list[dict[str, Any]]:
        return [stream for stream in self.streams() if not stream["corked"]]

    def streams(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = json.loads(
            self.desk.run("pactl", "-f", "json", "list", "source-outputs") or "[]"
        )
        return said

    def has(self, source: str) -> bool:
        listed = self.desk.run("pactl", "list", "short", "sources").splitlines()
        return any(line.split("\t")[1] == source for line in listed)


class PulseAudio(Sound):
    def __init__(self, desk: Desk) -> None:
        needs(("pulseaudio", "pulseaudio"))
        self._folder = desk.runtime / "pulse"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._server: subprocess.Popen[bytes]
        super().__init__(desk)

    def start(self) -> None:
        modules = (
            f"module-native-protocol-unix socket={self._folder / 'native'}",
            "module-null-source source_name=mic",
            "module-null-sink sink_name=out",
        )
        loads = [word for module in modules for word in ("-L", module)]
        self._server = self.desk.launch(
            "sound", "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "--disable-shm=yes", *loads,
        )  # fmt: skip
        until(lambda: self.has("mic"), "the sound server answers")

    def kill(self) -> None:
        self._server.kill()
        self._server.wait()
        (self._folder / "native").unlink(missing_ok=True)


class PipeWireSound(Sound):
    """PipeWire in the place of PulseAudio, by its own word; native programs are there too."""

    def __init__(self, desk: Desk) -> None:
        needs(("pipewire-pulse", "pipewire-pulse"), ("pw-record", "pipewire-bin"))
        self._pipewire = PipeWireServer(desk)
        self._pulse: subprocess.Popen[bytes]
        super().__init__(desk)

    def start(self) -> None:
        if not self._pipewire.door.exists():
            self._pipewire.start()
        self._pulse = self.desk.launch("pipewire-pulse", "pipewire-pulse")
        until(lambda: self.has("auto_null.monitor"), "the sound server answers")
        for module in ("sink_name=mic media.class=Audio/Source/Virtual", "sink_name=out"):
            self.desk.run("pactl", "load-module", "module-null-sink", *module.split(), "channels=2")
        until(lambda: self.has("mic") and self.has("out.monitor"), "the microphone is there")

    def kill(self) -> None:
        self._pulse.kill()
        self._pulse.wait()
        self._pipewire.kill()
        (self.desk.runtime / "pulse" / "native").unlink(missing_ok=True)
