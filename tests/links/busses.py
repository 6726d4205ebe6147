"""Private message buses for tests: a real dbus-daemon without service directories."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>"""


@dataclass(slots=True)
class PrivateBus:
    """A dbus-daemon that can be stopped and started again at the same address."""

    address: str
    config: Path
    daemon: "subprocess.Popen[str] | None" = None

    def start(self) -> None:
        self.daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self.config}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.daemon.stdout is not None
        assert self.daemon.stdout.readline().startswith("unix:")

    def stop(self) -> None:
        if self.daemon is not None:
            self.daemon.terminate()
            self.daemon.wait(5)
            assert self.daemon.stdout is not None
            self.daemon.stdout.close()
            self.daemon = None


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon (Debian: dbus-daemon)")
    socket = folder / "bus"
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(socket=socket))
    bus = PrivateBus(f"unix:path={socket}", config)
    bus.start()
    try:
        yield bus
    finally:
        bus.stop()


def until(true: Callable[[], object], within_s: float = 5) -> None:
    """Waits for a condition; fails when it has not come true in time."""
    pause = threading.Event()
    for _ in range(int(within_s / 0.01)):
        if true():
            return
        pause.wait(0.01)
    raise AssertionError("what was waited for did not come")
