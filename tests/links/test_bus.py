"""The D-Bus link on a real, private message bus."""

import logging
import os
import queue
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbreak.links.bus import Bus, BusError, Property, Signal, session_address, system_address
from tests.e2e.desk import Desk
from tests.e2e.parts import Part

KITCHEN = "org.example.Kitchen"
XML = f'<interface name="{KITCHEN}"><method name="Brew"/></interface>'
DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.BUS}) as bus_only:
        yield bus_only


@pytest.fixture
def address(desk: Desk) -> str:
    return desk.env["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def guest(address: str) -> Iterator[Bus]:
    with ExitStack() as stack:
        bus = Bus(address)
        stack.callback(bus.close)
        yield bus


@pytest.fixture
def cook(address: str) -> Iterator[Bus]:
    """A service that brews, burns, refuses, and never serves."""
    bus = Bus(address)

    def burn(body: tuple[object, ...], sender: str) -> tuple[str, tuple[object, ...]]:
        raise ZeroDivisionError("burnt")

    def refuse(body: tuple[object, ...], sender: str) -> tuple[str, tuple[object, ...]]:
        raise BusError("the kitchen is closed", "org.example.Closed")

    bus.export(
        "/kitchen",
        KITCHEN,
        {"Brew": lambda body, sender: ("ss", (f"{body[0]} tea", sender)), "Burn": burn, "Refuse": refuse},
        {"Cups": Property("u", lambda: 4)},
        XML,
    )
    own(bus, KITCHEN)
    yield bus
    bus.close()


def own(bus: Bus, name: str) -> None:
    assert bus.call(*DAEMON, "RequestName", "su", (name, 4)) == (1,)


def refusal(bus: Bus, *call: Any) -> BusError:
    with pytest.raises(BusError) as caught:
        bus.call(*call)
    return caught.value


def test_a_call_is_answered(guest: Bus, cook: Bus) -> None:
    answer = guest.call(KITCHEN, "/kitchen", KITCHEN, "Brew", "s", ("green",))

    assert answer == ("green tea", guest.unique_name)


def test_properties_and_introspection_are_served(guest: Bus, cook: Bus) -> None:
    properties = "org.freedesktop.DBus.Properties"

    assert guest.call(KITCHEN, "/kitchen", properties, "Get", "ss", (KITCHEN, "Cups")) == (("u", 4),)
    assert guest.call(KITCHEN, "/kitchen", properties, "GetAll", "s", (KITCHEN,)) == ({"Cups": ("u", 4)},)
    assert guest.call(KITCHEN, "/kitchen", "org.freedesktop.DBus.Introspectable", "Introspect") == (
        f"<node>{XML}</node>",
    )
    assert guest.call(KITCHEN, "/kitchen", "org.freedesktop.DBus.Peer", "Ping") == ()


@pytest.mark.parametrize(
    ("path", "interface", "member", "signature", "body", "error"),
    [
        ("/cellar", KITCHEN, "Brew", "", (), "UnknownObject"),
        ("/kitchen", KITCHEN, "Bake", "", (), "UnknownMethod"),
        ("/kitchen", "org.example.Cellar", "Brew", "", (), "UnknownMethod"),
        ("/kitchen", "org.freedesktop.DBus.Properties", "Get", "ss", (KITCHEN, "Pans"), "UnknownProperty"),
        (
            "/kitchen",
            "org.freedesktop.DBus.Properties",
            "GetAll",
            "s",
            ("org.example.No",),
            "UnknownInterface",
        ),
        (
            "/kitchen",
            "org.freedesktop.DBus.Properties",
            "Set",
            "ssv",
            (KITCHEN, "Cups", ("u", 1)),
            "PropertyReadOnly",
        ),
        ("/kitchen", KITCHEN, "Burn", "", (), "Failed"),
    ],
)
def test_what_is_not_offered_is_refused_by_its_standard_name(
    guest: Bus,
    cook: Bus,
    path: str,
    interface: str,
    member: str,
    signature: str,
    body: tuple[object, ...],
    error: str,
) -> None:
    refused = refusal(guest, KITCHEN, path, interface, member, signature, body)

    assert refused.name == f"org.freedesktop.DBus.Error.{error}"


def test_a_method_may_refuse_in_its_own_words_and_the_service_lives_on(guest: Bus, cook: Bus) -> None:
    refused = refusal(guest, KITCHEN, "/kitchen", KITCHEN, "Refuse")

    assert (str(refused), refused.name) == ("the kitchen is closed", "org.example.Closed")
    assert guest.call(KITCHEN, "/kitchen", KITCHEN, "Brew", "s", ("mint",))[0] == "mint tea"


def test_a_call_to_nobody_says_so(guest: Bus) -> None:
    refused = refusal(guest, "org.example.Nobody", "/kitchen", KITCHEN, "Brew")

    assert refused.name == "org.freedesktop.DBus.Error.ServiceUnknown"


def test_a_hundred_hung_calls_block_nobody_and_all_time_out(guest: Bus, address: str) -> None:
    silent = Bus(address)
    block = threading.Event()
    silent.hear(interface=KITCHEN, member="Stop", to=lambda _: print(block.wait(20)))
    silent.call(*DAEMON, "GetId")
    guest.emit("/kitchen", KITCHEN, "Stop")
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    for _ in range(100):
        guest.ask(
            silent.unique_name,
            "/kitchen",
            KITCHEN,
            "Brew",
            reply=answers.put,
            timeout=timedelta(milliseconds=300),
        )

    assert guest.call(*DAEMON, "GetId", timeout=timedelta(milliseconds=250))
    late = [answers.get(timeout=3) for _ in range(100)]
    assert {getattr(one, "name", None) for one in late} == {"org.freedesktop.DBus.Error.NoReply"}
    block.set()
    silent.close()


def test_a_signal_is_heard_until_it_is_stopped(guest: Bus, cook: Bus) -> None:
    heard: queue.SimpleQueue[Signal] = queue.SimpleQueue()
    tie = guest.hear(interface=KITCHEN, member="Ready", path="/kitchen", sender=KITCHEN, to=heard.put)
    guest.call(*DAEMON, "GetId")

    cook.emit("/cellar", KITCHEN, "Ready", "s", ("other path",))
    cook.emit("/kitchen", KITCHEN, "Ready", "s", ("soup",))
    first = heard.get(timeout=3)
    tie.stop()
    tie.stop()
    guest.call(*DAEMON, "GetId")
    cook.emit("/kitchen", KITCHEN, "Ready", "s", ("cake",))
    guest.call(KITCHEN, "/kitchen", KITCHEN, "Brew", "s", ("",))

    assert first == Signal(cook.unique_name, "/kitchen", KITCHEN, "Ready", ("soup",))
    assert heard.empty()


def test_a_signal_of_somebody_else_is_not_taken_for_the_named_ones(
    guest: Bus, cook: Bus, address: str
) -> None:
    heard: queue.SimpleQueue[Signal] = queue.SimpleQueue()
    every: queue.SimpleQueue[Signal] = queue.SimpleQueue()
    guest.hear(interface=KITCHEN, member="Ready", sender=KITCHEN, to=heard.put)
    guest.hear(interface=KITCHEN, member="Ready", to=every.put)
    guest.call(*DAEMON, "GetId")
    stranger = Bus(address)

    stranger.emit("/kitchen", KITCHEN, "Ready")

    assert every.get(timeout=3).sender == stranger.unique_name
    assert heard.empty()
    stranger.close()


def test_a_name_is_followed_from_owner_to_owner(guest: Bus, address: str) -> None:
    owners: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    guest.follow(KITCHEN, owners.put)
    first = owners.get(timeout=3)

    cook = Bus(address)
    own(cook, KITCHEN)
    second = owners.get(timeout=3)
    cook.close()

    assert first is None
    assert second == cook.unique_name
    assert owners.get(timeout=3) is None


def test_a_failing_listener_does_not_stop_the_others(
    guest: Bus, cook: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    heard: queue.SimpleQueue[Signal] = queue.SimpleQueue()

    def stumble(_: Signal) -> None:
        raise ZeroDivisionError

    guest.hear(interface=KITCHEN, member="Ready", to=stumble)
    guest.hear(interface=KITCHEN, member="Ready", to=heard.put)
    guest.call(*DAEMON, "GetId")

    cook.emit("/kitchen", KITCHEN, "Ready")

    assert heard.get(timeout=3).member == "Ready"
    assert "failed" in caplog.text


def test_the_end_of_the_bus_is_told_once_and_leaves_no_traceback(
    guest: Bus, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    lost: queue.SimpleQueue[str] = queue.SimpleQueue()
    guest.on_lost(lambda: lost.put("lost"))

    desk.stop(Part.BUS)

    assert lost.get(timeout=3) == "lost"
    assert refusal(guest, *DAEMON, "GetId").name == "org.freedesktop.DBus.Error.Disconnected"
    guest.emit("/kitchen", KITCHEN, "Ready")
    guest.close()
    assert lost.empty()
    assert "Traceback" not in caplog.text


def test_who_waits_for_an_answer_when_the_bus_ends_is_told(desk: Desk, address: str) -> None:
    first, second = Bus(address), Bus(address)
    block = threading.Event()
    second.export("/kitchen", KITCHEN, {"Wait": lambda _body, _sender: ("b", (block.wait(20),))}, {}, XML)
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    first.ask(second.unique_name, "/kitchen", KITCHEN, "Wait", reply=answers.put)

    desk.stop(Part.BUS)

    answer = answers.get(timeout=2)
    assert isinstance(answer, BusError)
    assert answer.name == "org.freedesktop.DBus.Error.Disconnected"
    block.set()
    first.close()
    second.close()


def test_a_bus_that_is_stopped_in_its_tracks_stops_no_sender(desk: Desk, address: str) -> None:
    bus = Bus(address)
    lost: queue.SimpleQueue[str] = queue.SimpleQueue()
    bus.on_lost(lambda: lost.put("lost"))
    (daemon,) = bus.call(*DAEMON, "GetConnectionUnixProcessID", "s", (DAEMON[0],))
    assert isinstance(daemon, int)
    os.kill(daemon, signal.SIGSTOP)

    for _ in range(100):
        bus.emit("/kitchen", KITCHEN, "Ready", "s", ("x" * 100_000,))

    os.kill(daemon, signal.SIGCONT)
    assert lost.get(timeout=3) == "lost"
    bus.close()


def test_a_file_descriptor_can_be_passed(address: str) -> None:
    porter, guest = Bus(address, fds=True), Bus(address, fds=True)
    ours, theirs = socket.socketpair()
    porter.export("/door", KITCHEN, {"Key": lambda _body, _sender: ("h", (theirs,))}, {}, XML)

    (passed,) = guest.call(porter.unique_name, "/door", KITCHEN, "Key")
    with passed.to_socket() as key:  # type: ignore[attr-defined]
        key.send(b"open")

    assert ours.recv(10) == b"open"
    for one in (porter, guest, ours, theirs):
        one.close()


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "tcp:host=localhost", "nonsense", ""])
def test_a_bus_that_is_not_there_is_told_in_one_line(address: str) -> None:
    with pytest.raises(BusError) as caught:
        Bus(address)

    assert "\n" not in str(caught.value)


def test_a_bus_that_never_says_hello_is_given_up(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "bus"))
        mute.listen()

        with pytest.raises(BusError):
            Bus(f"unix:path={tmp_path}/bus")


@pytest.mark.parametrize("first_words", [b"", b"\x00" * 64, b"l\x02\x00\x01" + b"\xff" * 60])
def test_a_bus_that_talks_nonsense_or_not_at_all_is_given_up(tmp_path: Path, first_words: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        listening.listen()

        def log_in() -> None:
            guest, _ = listening.accept()
            while b"AUTH" not in guest.recv(1024):
                continue
            guest.send(b"OK 0123456789abcdef0123456789abcdef\r\n")
            guest.recv(1024)
            guest.send(first_words)
            while guest.recv(1024):
                continue
            guest.close()

        door = threading.Thread(target=log_in)
        door.start()
        before = threading.active_count()

        with pytest.raises(BusError):
            Bus(f"unix:path={tmp_path}/bus")

        door.join(5)
        assert threading.active_count() == before - 1


def test_the_session_bus_is_found_in_the_runtime_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with pytest.raises(BusError, match="no session bus"):
        session_address()

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))

        assert session_address() == f"unix:path={tmp_path}/bus"


def test_nothing_is_called_blockingly_from_the_receiver(guest: Bus, cook: Bus) -> None:
    caught: queue.SimpleQueue[BaseException] = queue.SimpleQueue()

    def call(_: Signal) -> None:
        try:
            guest.call(*DAEMON, "GetId")
        except AssertionError as refused:
            caught.put(refused)

    guest.hear(interface=KITCHEN, member="Ready", to=call)
    guest.call(*DAEMON, "GetId")
    cook.emit("/kitchen", KITCHEN, "Ready")

    assert "wait for itself" in str(caught.get(timeout=3))


def test_a_closed_bus_has_no_thread_left(address: str) -> None:
    before = threading.active_count()
    bus = Bus(address)

    bus.close()

    assert threading.active_count() == before


def test_a_loss_in_the_past_is_told_at_once(guest: Bus, desk: Desk) -> None:
    lost: queue.SimpleQueue[str] = queue.SimpleQueue()
    guest.on_lost(lambda: lost.put("in time"))
    desk.stop(Part.BUS)
    assert lost.get(timeout=3) == "in time"

    guest.on_lost(lambda: lost.put("late"))

    assert lost.get(timeout=0) == "late"


def test_what_cannot_be_sent_is_the_callers_mistake_and_leaves_nothing_open(guest: Bus) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    with pytest.raises(TypeError):
        guest.ask(*DAEMON, "GetNameOwner", "s", (7,), reply=answers.put, timeout=timedelta(milliseconds=50))

    assert guest.call(*DAEMON, "GetId")
    with pytest.raises(queue.Empty):
        answers.get(timeout=0.2)


def test_an_offer_can_be_taken_back(guest: Bus, cook: Bus) -> None:
    tie = cook.export("/cellar", KITCHEN, {"Brew": lambda _body, _sender: ("s", ("wine",))}, {}, XML)
    assert guest.call(KITCHEN, "/cellar", KITCHEN, "Brew") == ("wine",)

    tie.stop()

    assert refusal(guest, KITCHEN, "/cellar", KITCHEN, "Brew").name.endswith("UnknownObject")


def test_the_addresses_of_the_environment_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/one")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/two")
    given = (session_address(), system_address())
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS")

    assert given == ("unix:path=/one", "unix:path=/two")
    assert system_address() == "unix:path=/run/dbus/system_bus_socket"
