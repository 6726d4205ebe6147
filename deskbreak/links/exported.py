"""What we offer on a bus: objects with methods and properties; it only answers what it is asked."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskbreak.links.wire import DISCONNECTED, FAILED, BusError, Incoming, Wire

_log = logging.getLogger(__name__)

PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
PEER = "org.freedesktop.DBus.Peer"

Answer = tuple[str, tuple[object, ...]]
Method = Callable[[tuple[object, ...], str], Answer]
"""Gets the call's body and its sender's unique name; returns signature and body, or raises BusError."""


@dataclass(frozen=True, slots=True)
class Property:
    """A read-only property: its D-Bus signature and where its value is read at each request."""

    signature: str
    read: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Exported:
    """One interface of one object; `xml` is its `<interface>` element."""

    path: str
    interface: str
    methods: Mapping[str, Method]
    properties: Mapping[str, Property]
    xml: str


class Offers:
    """All that one connection offers; any thread may add to it, the bus thread serves."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._offered: tuple[Exported, ...] = ()

    def add(self, offer: Exported) -> Callable[[], None]:
        """Returns what takes the offer back."""
        with self._guard:
            self._offered = (*self._offered, offer)

        def withdraw() -> None:
            with self._guard:
                self._offered = tuple(other for other in self._offered if other is not offer)

        return withdraw

    def serve(self, call: Incoming, wire: Wire) -> None:
        """Answer or refuse a call; raises nothing."""
        try:
            signature, body = _answer(self._offered, call)
            if call.wants_reply:
                wire.answer(call, signature, body)
        except BusError as refusal:
            _refuse(call, wire, refusal)
        except Exception as fault:  # noqa: BLE001
            # Ours to mend, but the caller must not wait for it and the thread must not die of it.
            _log.exception("%s.%s failed", call.interface, call.member)
            _refuse(call, wire, BusError(str(fault)))


def _refuse(call: Incoming, wire: Wire, refusal: BusError) -> None:
    if not call.wants_reply or refusal.name == DISCONNECTED:
        return
    try:
        wire.refuse(call, refusal.name or FAILED, str(refusal))
    except BusError as fault:
        _log.debug("a refusal was not sent: %s", fault)


def _answer(offered: tuple[Exported, ...], call: Incoming) -> Answer:
    """The answer to a call; raises BusError with the standard D-Bus names for what we do not offer."""
    if call.interface == PEER and call.member == "Ping":
        return "", ()
    here = [one for one in offered if one.path == call.path]
    if not here:
        raise _unknown("Object", call.path)
    match (call.interface, call.member, call.body):
        case (interface, "Introspect", ()) if interface == INTROSPECTABLE:
            return "s", (f"<node>{''.join(one.xml for one in here)}</node>",)
        case (interface, "Get", (str(wanted), str(name))) if interface == PROPERTIES:
            found = _interface(here, wanted).properties.get(name)
            if found is None:
                raise _unknown("Property", name)
            return "v", ((found.signature, found.read()),)
        case (interface, "GetAll", (str(wanted),)) if interface == PROPERTIES:
            every = _interface(here, wanted).properties
            return "a{sv}", ({name: (one.signature, one.read()) for name, one in every.items()},)
        case (interface, "Set", (str(_), str(name), _)) if interface == PROPERTIES:
            raise BusError(f"{name} is read-only", "org.freedesktop.DBus.Error.PropertyReadOnly")
        case _:
            pass
    # The specification lets a caller leave the interface out.
    for one in here:
        if call.interface in ("", one.interface) and call.member in one.methods:
            return one.methods[call.member](call.body, call.sender)
    raise _unknown("Method", f"{call.interface}.{call.member}")


def _interface(here: list[Exported], wanted: str) -> Exported:
    for one in here:
        if one.interface == wanted:
            return one
    raise _unknown("Interface", wanted)


def _unknown(what: str, name: str) -> BusError:
    return BusError(f"no such {what.lower()}: {name}", f"org.freedesktop.DBus.Error.Unknown{what}")
