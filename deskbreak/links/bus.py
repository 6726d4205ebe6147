"""The one D-Bus link, shared by tray, notifications and sensors: it carries messages and decides nothing."""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.links.asked import Asked, Body, Reply, gone
from deskbreak.links.exported import Exported, Method, Offers, Property
from deskbreak.links.heard import Ear, Signal, heard
from deskbreak.links.receiver import Receiver
from deskbreak.links.wire import (
    DISCONNECTED,
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
class Tie:
    """Something that goes on until `stop()`; stopping twice, or after the bus is gone, does nothing."""

    stop: Callable[[], None]


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
        self._asked = Asked(_hand)
        self._guard = threading.Lock()
        self._ears: tuple[Ear, ...] = ()
        self._offers = Offers()
        self._mourners: list[Callable[[], None]] = []
        self._gone = False
        self._receiver = Receiver(self._wire, self._asked, self._dispatch, self._ended)
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
            if not self._gone:
                self._mourners.append(callback)
                return
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
        assert not self._receiver.is_here(), "a blocking call would wait for itself"
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
        self._receiver.ring()

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
        namespace: str | None = None,
    ) -> Tie:
        """Have `to` called for each such signal until stopped.

        `sender` may be a unique or a well-known name, `argument` is what the first one must be;
        of a bus name there, `namespace` is the part before some dot, or all of it.
        """
        ear = Ear(interface, member, path, sender, argument, to, namespace)
        owned: Tie | None = None
        if sender is not None and not sender.startswith(":") and sender != DAEMON:
            owned = self.follow(sender, ear.owned)
        else:
            ear.owned(sender)
        with self._guard:
            self._ears = (*self._ears, ear)
        self._tell_daemon("AddMatch", ear.rule)

        def stop() -> None:
            with self._guard:
                listening = ear in self._ears
                self._ears = tuple(other for other in self._ears if other is not ear)
            if listening:
                self._tell_daemon("RemoveMatch", ear.rule)
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
        return Tie(self._offers.add(Exported(path, interface, methods, properties, xml)))

    def close(self) -> None:
        """Leave the bus; what is unanswered gets a BusError. May be called again, from any thread."""
        self._receiver.stop()

    def _tell_daemon(self, member: str, rule: str) -> None:
        def done(answered: Body | BusError) -> None:
            if isinstance(answered, BusError) and answered.name != DISCONNECTED:
                _log.warning("the bus refused %s %s: %s", member, rule, answered)

        self.ask(DAEMON, _DAEMON_PATH, DAEMON, member, "s", (rule,), reply=done)

    def _ended(self, closed: bool) -> None:
        with self._guard:
            self._gone = True
            mourners, self._mourners = self._mourners, []
        self._asked.give_up()
        for mourner in [] if closed else mourners:
            _hand(mourner)

    def _dispatch(self, message: Incoming) -> None:
        match message.kind:
            case Kind.ANSWER:
                self._asked.settle(message.reply_to, message.body)
            case Kind.ERROR:
                why = str(message.body[0]) if message.body else message.error
                self._asked.settle(message.reply_to, BusError(why, message.error))
            case Kind.SIGNAL:
                for ear in self._ears:
                    if ear.wants(message):
                        _hand(ear.to, heard(message))
            case Kind.CALL:
                self._offers.serve(message, self._wire)


def _hand(to: Callable[..., None], *what: object) -> None:
    try:
        to(*what)
    except Exception:  # noqa: BLE001
        # Ours to mend, but everybody else's messages come through the same thread.
        _log.exception("what a message was for failed")
