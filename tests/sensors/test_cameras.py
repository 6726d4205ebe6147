"""Cameras that other programs really have open; plain files stand for the devices, which are files too."""

import logging
import os
import queue
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.events import Hold
from deskbreak.ports import Stirred
from deskbreak.sensors import Senses
from deskbreak.sensors.cameras import Cameras
from deskbreak.settings import Settings
from tests.e2e.desk import until
from tests.e2e.parts import needs
from tests.fakes import FakeClock

SOON = timedelta(seconds=5)


class Machine:
    """A folder of devices, the programs that open them, and who watches that."""

    def __init__(self, folder: Path) -> None:
        self.devices, self.udev, self._programs = (folder / name for name in ("dev", "udev", "bin"))
        for each in (self.devices, self.udev, self._programs):
            each.mkdir()
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.cameras: Cameras
        self._running: list[subprocess.Popen[bytes]] = []

    def plug_in(self, name: str = "video0") -> Path:
        camera = self.devices / name
        camera.touch()
        return camera

    def watch(self) -> None:
        settle = timedelta(milliseconds=200)
        self.cameras = Cameras(self.inbox.put, self.devices, udev=self.udev, settle=settle)

    def films(
        self, camera: Path, name: str = "meeting", before: str = "exec", seconds: float = 60
    ) -> subprocess.Popen[bytes]:
        """A program of this name that has the camera open until it is ended, or so long."""
        program = self._programs / name
        if not program.exists():
            program.symlink_to(shutil.which("sleep") or "")
        command = f'{before} "{program}" {seconds} <"{camera}"'
        started = subprocess.Popen(["sh", "-c", command], start_new_session=True)
        self._running.append(started)
        return started

    def rings(self) -> int:
        """How often it rang since this was asked last."""
        count = 0
        with suppress(queue.Empty):
            while True:
                count += self.inbox.get_nowait() == Stirred()
        return count

    def going(self, *ignored: str) -> bool:
        return self.cameras.going(ignored)

    def end(self) -> None:
        self.cameras.close()
        for program in self._running:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    here = Machine(tmp_path)
    here.watch()
    yield here
    here.end()


def test_a_camera_in_use_is_noticed_until_it_is_let_go(machine: Machine) -> None:
    meeting = machine.films(machine.plug_in())
    until(machine.going, "it is noticed", SOON)
    until(machine.rings, "it rings", SOON)

    meeting.kill()

    until(lambda: not machine.going(), "its end is noticed", SOON)
    until(machine.rings, "it rings", SOON)


def test_a_camera_that_is_in_use_already_is_known_at_the_start(machine: Machine) -> None:
    machine.films(machine.plug_in())
    until(machine.going, "it is noticed", SOON)
    machine.cameras.close()

    machine.watch()

    assert machine.going()


def test_who_only_asks_what_cameras_there_are_is_in_no_call(machine: Machine) -> None:
    camera = machine.plug_in()
    for _again in range(3):
        machine.films(camera, "settings", seconds=0.1).wait()
    machine.films(camera, "meeting")
    until(lambda: not machine.inbox.empty(), "who stays is noticed", SOON)

    assert machine.going()
    assert not machine.going("meeting")
    assert machine.rings() == 1


def test_the_second_of_two_cameras_counts_as_the_first(machine: Machine) -> None:
    machine.plug_in("video0")
    second = machine.plug_in("video11")

    machine.films(second)

    until(machine.going, "it is noticed", SOON)


def test_a_camera_that_is_pulled_out_ends_the_call(machine: Machine) -> None:
    camera = machine.plug_in()
    machine.films(camera)
    until(machine.going, "it is noticed", SOON)

    camera.unlink()

    until(lambda: not machine.going(), "its end is noticed", SOON)


@pytest.mark.parametrize("name", ["Snapper", "sleep"])
def test_a_program_can_be_left_out_by_either_of_its_names(machine: Machine, name: str) -> None:
    machine.films(machine.plug_in(), "snapper")

    until(machine.going, "it is noticed", SOON)

    assert not machine.going(name)


def test_who_carries_the_picture_to_another_program_is_in_no_call(machine: Machine) -> None:
    camera = machine.plug_in()
    machine.films(camera, "pipewire")
    machine.films(camera, "meeting")

    until(lambda: machine.going() and not machine.going("meeting"), "the other alone is noticed", SOON)


def test_a_decoder_is_no_camera(machine: Machine) -> None:
    # A plain file has the number 0:0, and udev knows that it gives no picture.
    (machine.udev / "c0:0").write_text("E:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES=:video_output:\n")
    machine.films(machine.plug_in())
    (says,) = machine.cameras.accounts()
    assert (says.used, says.says) == (False, "there is none")

    (machine.udev / "c0:0").write_text("E:ID_V4L_CAPABILITIES=:capture:\n")
    machine.plug_in().chmod(0o660)

    until(machine.going, "now it is one", SOON)


def test_another_users_program_is_in_no_call_of_this_person(machine: Machine) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to have another user")
    needs(("setpriv", "util-linux"))
    camera = machine.plug_in()
    machine.films(camera, "stranger", "exec setpriv --reuid=nobody --clear-groups")
    machine.films(camera, "meeting")

    until(lambda: machine.going() and not machine.going("meeting"), "one alone is noticed", SOON)


def test_where_nobody_tells_it_looks_when_it_is_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    here = Machine(tmp_path)
    here.devices.rmdir()
    here.watch()
    assert "looked up now and then" in caplog.text
    here.devices.mkdir()
    meeting = here.films(here.plug_in())
    until(lambda: Path(f"/proc/{meeting.pid}/comm").read_text().strip() == "meeting", "it films", SOON)

    going = here.going()

    assert going
    assert not here.rings()
    here.end()


def test_it_says_who_uses_the_camera_and_nothing_else(machine: Machine) -> None:
    (none,) = machine.cameras.accounts()
    camera = machine.plug_in()
    (idle,) = machine.cameras.accounts()
    machine.films(camera)
    until(machine.going, "it is noticed", SOON)

    (used,) = machine.cameras.accounts()

    assert [each.says for each in (none, idle, used)] == ["there is none", "not in use", "in use by meeting"]
    assert [each.used for each in (none, idle, used)] == [False, True, True]


def test_a_camera_in_use_is_a_call_and_holds_reminders(machine: Machine) -> None:
    clock = FakeClock()
    senses = Senses({}, clock, machine.inbox.put, machine.devices)
    machine.films(machine.plug_in())
    until(lambda: senses.read().call, "the call is noticed", SOON)
    held = senses.read().holds

    senses.heed(Settings(ignore_calls_by=("meeting",)))

    assert held == frozenset({Hold.CALL})
    assert not senses.read().call
    senses.close()
