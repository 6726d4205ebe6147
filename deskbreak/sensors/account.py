"""What each source says of itself, for `doctor`; it asks nothing."""

from collections.abc import Mapping
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


def in_plain(account: Account) -> dict[str, object]:
    """The account as JSON says it."""
    return {
        "source": account.source,
        "serves": account.serves.value,
        "used": account.used,
        "says": account.says,
        "mend": account.mend,
    }


def account_in(plain: Mapping[str, object]) -> Account:
    """The account that `in_plain` made this of; raises KeyError or ValueError for anything else."""
    serves = Serves(plain["serves"])
    source, says, mend = (str(plain[key]) for key in ("source", "says", "mend"))
    return Account(source, serves, plain["used"] is True, says, mend)
