"""What we offer on a bus: objects with methods and properties; it only answers, and sends nothing itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskbreak.links.wire import BusError, Incoming

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


def answer(offered: tuple[Exported, ...], call: Incoming) -> Answer:
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
