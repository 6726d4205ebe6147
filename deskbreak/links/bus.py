"""The one D-Bus link, shared by tray, notifications and sensors: it carries messages and decides nothing."""

import logging
import queue
import selectors
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.links.asked import Asked, Body, Reply, gone
from deskbreak.links.exported import Exported, Method, Property, answer
from deskbreak.links.wire import (
    DISCONNECTED,
    FAILED,
    BusError,
    Incoming,
    Kind,
    Wire,
    session_address,
    system_address,
)

__all__ = ["Bus", "BusError", "Method", "Property", "Signal", "Tie", "session_address", "system_address"]

_log = logging.getLogger(__name__)

DAEMON = "org.freedesktop.DBus"
_DAEMON_PATH = "/org/freedesktop/DBus"
_PATIENCE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that was heard; `sender` is the unique name, whatever name was asked for."""

    sender: str
    path: str
    interface: str
    member: str
    body: Body


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that goes on until `stop()`; stopping twice, or after the bus is gone, does nothing."""

    stop: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Ear:
    wanted: Callable[[Incoming], bool]
    to: Callable[[Signal], None]


class Bus:
    """One connection to a message bus, with one thread that receives.

    All that is handed in (`reply`, `to`, methods, properties) runs in that thread, in the order of the
    messages: it may put things into an inbox, publish snapshots and use `ask` and `emit`, but not `call`.
    Text handed over must hold no NUL and no lone surrogate (a bus hangs up on whoever sends them).
    `fds`: file descriptors may be passed; they arrive as jeepney's `FileDescriptor`, for the taker to
    close. Raises BusError where the bus cannot be reached within some seconds.
    """

    def __init__(self, address: str, fds: bool = False) -> None:
        self._wire = Wire(address, fds)
        self._bell, self._rung = socket.socketpair()
        self._bell.setblocking(False)
        self._asked = Asked(_hand)
        self._guard = threading.Lock()
        self._ears: tuple[_Ear, ...] = ()
        self._offered: tuple[Exported, ...] = ()
        self._mourners: list[Callable[[], None]] = []
        self._closing = False
        self._ended = False
        self._receiver = threading.Thread(target=self._receive, name="bus", daemon=True)
        self._receiver.start()
        try:
            self.unique_name = str(self.call(DAEMON, _DAEMON_PATH, DAEMON, "Hello")[0])
        except BusError:
            self.close()
            raise

    def on_lost(self, callback: Callable[[], None]) -> None:
        """Have `callback` called once, from the receiver thread, when the bus is gone (not after `close`).

        If it is gone already, the callback is called at once.
        """
        with self._guard:
            if not self._ended:
                self._mourners.append(callback)
                return
        if not self._closing:
            callback()

    def call(
        self,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        body: Body = (),
        timeout: timedelta = _PATIENCE,
    ) -> Body:
        """The answer's body; blocks. Raises BusError, also when no answer came in time."""
        assert threading.current_thread() is not self._receiver, "a blocking call would wait for itself"
        answers: queue.SimpleQueue[Body | BusError] = queue.SimpleQueue()
        self.ask(name, path, interface, member, signature, body, reply=answers.put, timeout=timeout)
        answered = answers.get()
        if isinstance(answered, BusError):
            raise answered
        return answered

    def ask(
        self,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        body: Body = (),
        *,
        reply: Reply,
        timeout: timedelta = _PATIENCE,
    ) -> None:
        """Send a call; `reply` gets the answer's body or a BusError later, exactly once, and in time.

        It comes from the receiver thread, or at once from this one where the bus is already gone.
        """
        serial = self._wire.serial()
        if not self._asked.add(serial, member, reply, timeout):
            _hand(reply, gone())
            return
        try:
            self._wire.call(serial, name, path, interface, member, signature, body)
        except BusError as fault:
            self._asked.settle(serial, fault)
        except Exception:
            # What cannot be put into bytes is the caller's mistake, and no answer will come.
            self._asked.forget(serial)
            raise
        self._ring()

    def emit(self, path: str, interface: str, member: str, signature: str = "", body: Body = ()) -> None:
        """Send a signal; where the bus is gone, nobody hears it and nothing is raised."""
        try:
            self._wire.emit(path, interface, member, signature, body)
        except BusError as fault:
            _log.debug("%s was not sent: %s", member, fault)

    def hear(
        self,
        *,
        interface: str,
        member: str,
        to: Callable[[Signal], None],
        path: str | None = None,
        sender: str | None = None,
        argument: str | None = None,
    ) -> Tie:
        """Have `to` called for each such signal until stopped.

        `sender` may be a unique or a well-known name, `argument` is what the first one must be.
        """
        owners: list[str | None] = [sender]
        named = sender is not None and not sender.startswith(":") and sender != DAEMON
        owned: Tie | None = None
        if sender is not None and named:
            # Signals carry unique names. Until the owner is known the daemon's own choice is trusted.
            owners[:] = [None]
            owned = self.follow(sender, lambda owner: owners.__setitem__(0, owner))

        def wanted(signal: Incoming) -> bool:
            return (
                (signal.interface, signal.member) == (interface, member)
                and path in (None, signal.path)
                and owners[0] in (None, signal.sender)
                and (argument is None or signal.body[:1] == (argument,))
            )

        ear = _Ear(wanted, to)
        keys = {"interface": interface, "member": member, "path": path, "sender": sender, "arg0": argument}
        rule = ",".join(["type='signal'", *(f"{key}='{value}'" for key, value in keys.items() if value)])
        with self._guard:
            self._ears = (*self._ears, ear)
        self._tell_daemon("AddMatch", rule)

        def stop() -> None:
            with self._guard:
                heard = ear in self._ears
                self._ears = tuple(other for other in self._ears if other is not ear)
            if heard:
                self._tell_daemon("RemoveMatch", rule)
            if owned is not None:
                owned.stop()

        return Tie(stop)

    def follow(self, name: str, to: Callable[[str | None], None]) -> Tie:
        """Have `to` called with the unique name of `name`'s owner (None: nobody), now and at each change."""
        told: list[str | None] = []

        def tell(owner: str | None) -> None:
            if told != [owner]:
                told[:] = [owner]
                to(owner)

        def changed(signal: Signal) -> None:
            tell(str(signal.body[2]) or None)

        def found(owner: Body | BusError) -> None:
            tell(None if isinstance(owner, BusError) else str(owner[0]))

        tie = self.hear(interface=DAEMON, member="NameOwnerChanged", sender=DAEMON, argument=name, to=changed)
        self.ask(DAEMON, _DAEMON_PATH, DAEMON, "GetNameOwner", "s", (name,), reply=found)
        return tie

    def export(
        self,
        path: str,
        interface: str,
        methods: Mapping[str, Method],
        properties: Mapping[str, Property],
        xml: str,
    ) -> Tie:
        """Offer an interface of an object; `xml` is its `<interface>` element for Introspect."""
        offer = Exported(path, interface, methods, properties, xml)
        with self._guard:
            self._offered = (*self._offered, offer)

        def stop() -> None:
            with self._guard:
                self._offered = tuple(other for other in self._offered if other is not offer)

        return Tie(stop)

    def close(self) -> None:
        """Leave the bus; what is unanswered gets a BusError. May be called again, from any thread."""
        self._closing = True
        self._wire.hang_up()
        if threading.current_thread() is not self._receiver:
            self._receiver.join()

    def _tell_daemon(self, member: str, rule: str) -> None:
        def done(answered: Body | BusError) -> None:
            if isinstance(answered, BusError) and answered.name != DISCONNECTED:
                _log.warning("the bus refused %s %s: %s", member, rule, answered)

        self.ask(DAEMON, _DAEMON_PATH, DAEMON, member, "s", (rule,), reply=done)

    def _ring(self) -> None:
        """Have the receiver, if it waits, look at the time-outs again."""
        if threading.current_thread() is not self._receiver:
            try:
                self._bell.send(b"!")
            except OSError:
                return  # rung often enough already, or nobody is left to hear it

    def _receive(self) -> None:
        with selectors.DefaultSelector() as selector, self._bell, self._rung, self._wire.socket:
            selector.register(self._wire.socket, selectors.EVENT_READ)
            selector.register(self._rung, selectors.EVENT_READ)
            try:
                while True:
                    for key, _events in selector.select(self._asked.expire()):
                        if key.fileobj is self._rung:
                            self._rung.recv(4096)
                        else:
                            for message in self._wire.receive():
                                self._dispatch(message)
            except OSError as fault:
                if not self._closing:
                    _log.info("the connection to the bus is lost: %s", fault)
            except Exception:  # noqa: BLE001
                # The top of a thread: bytes that the parser cannot read end this connection, not the program.
                _log.exception("the bus sent something unreadable")
        with self._guard:
            self._ended = True
            mourners, self._mourners = self._mourners, []
        self._asked.give_up()
        for mourner in [] if self._closing else mourners:
            _hand(mourner)

    def _dispatch(self, message: Incoming) -> None:
        match message.kind:
            case Kind.ANSWER:
                self._asked.settle(message.reply_to, message.body)
            case Kind.ERROR:
                why = str(message.body[0]) if message.body else message.error
                self._asked.settle(message.reply_to, BusError(why, message.error))
            case Kind.SIGNAL:
                heard = (message.sender, message.path, message.interface, message.member, message.body)
                for ear in self._ears:
                    if ear.wanted(message):
                        _hand(ear.to, Signal(*heard))
            case Kind.CALL:
                self._serve(message)

    def _serve(self, call: Incoming) -> None:
        try:
            signature, body = answer(self._offered, call)
            if call.wants_reply:
                self._wire.answer(call, signature, body)
        except BusError as refusal:
            self._refuse(call, refusal)
        except Exception as fault:  # noqa: BLE001
            # Ours to mend, but the caller must not wait for it and the thread must not die of it.
            _log.exception("%s.%s failed", call.interface, call.member)
            self._refuse(call, BusError(str(fault)))

    def _refuse(self, call: Incoming, refusal: BusError) -> None:
        if not call.wants_reply or refusal.name == DISCONNECTED:
            return
        try:
            self._wire.refuse(call, refusal.name or FAILED, str(refusal))
        except BusError as fault:
            _log.debug("a refusal was not sent: %s", fault)


def _hand(to: Callable[..., None], *what: object) -> None:
    try:
        to(*what)
    except Exception:  # noqa: BLE001
        # Ours to mend, but everybody else's messages come through the same thread.
        _log.exception("what a message was for failed")
