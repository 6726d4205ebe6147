"""Signals: which of them somebody wants to hear, as the bus is told and as we compare ourselves."""

from collections.abc import Callable
from dataclasses import dataclass, field

from deskbreak.links.wire import Incoming


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that was heard; `sender` is the unique name, whatever name was asked for."""

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[object, ...]


@dataclass(slots=True, eq=False)
class Ear:
    """One wish to hear; `argument` is what the signal's first argument must be, None is any.

    `namespace` is the bus name that it must be, or begin with up to a dot.

    Signals carry unique names, so `owner` is the one that `sender` stands for; while that is not known
    (None) the bus's own choice is trusted.
    """

    interface: str
    member: str
    path: str | None
    sender: str | None
    argument: str | None
    to: Callable[[Signal], None]
    namespace: str | None = None
    owner: str | None = field(default=None)

    @property
    def rule(self) -> str:
        """D-Bus specification, section "Match Rules"."""
        keys = {
            "interface": self.interface,
            "member": self.member,
            "path": self.path,
            "sender": self.sender,
            "arg0": self.argument,
            "arg0namespace": self.namespace,
        }
        return ",".join(["type='signal'", *(f"{key}='{value}'" for key, value in keys.items() if value)])

    def wants(self, signal: Incoming) -> bool:
        return (
            (signal.interface, signal.member) == (self.interface, self.member)
            and self.path in (None, signal.path)
            and self.owner in (None, signal.sender)
            and (self.argument is None or signal.body[:1] == (self.argument,))
            and (self.namespace is None or f"{signal.body[0]}.".startswith(f"{self.namespace}."))
        )

    def owned(self, owner: str | None) -> None:
        self.owner = owner


def heard(signal: Incoming) -> Signal:
    return Signal(signal.sender, signal.path, signal.interface, signal.member, signal.body)
