"""What each source says of itself, for `doctor`; it asks nothing."""

from dataclasses import dataclass
from enum import Enum


class Serves(Enum):
    """What a source is there to notice."""

    INPUT = "input"
    LOCK = "lock"
    SLEEP = "sleep"
    CALL = "call"
    MEDIA = "media"
    FULLSCREEN = "fullscreen"
    SHARING = "sharing"
    DND = "dnd"


@dataclass(frozen=True, slots=True)
class Account:
    """One source: whether it is used, what it says now or why it is not used, and what would mend it.

    `mend` is empty where nothing is wrong, or nothing would help.
    """

    source: str
    serves: Serves
    used: bool
    says: str
    mend: str = ""
