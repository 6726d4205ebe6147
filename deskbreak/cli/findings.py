"""What `doctor` has found about one channel, and what all of it means for the main job; it looks nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

SETTINGS, EXERCISES, LOG, DAEMON, AUTOSTART = "settings", "exercises", "log", "daemon", "autostart"
SESSION_BUS, SYSTEM_BUS = "session-bus", "system-bus"
NOTIFICATIONS, TRAY = "notifications", "tray"

# Each of these sources adds to the others; everywhere else one source stands in for another.
_ADD_UP = frozenset({Serves.CALL, Serves.MEDIA})


class State(Enum):
    """SPARE: not used, and nothing is wrong. MISSING: one could have it. FAULT: it is wrong as it is."""

    OK = "ok"
    SPARE = "spare"
    MISSING = "missing"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One channel: what it is for, which source it is (empty where there is but one), and how it is."""

    purpose: str
    state: State
    says: str
    mend: str = ""
    source: str = ""


def of_senses(accounts: Sequence[Account]) -> tuple[Finding, ...]:
    """The sources of one purpose judged together: what another one stands in for is not missing."""
    found: list[Finding] = []
    for serves, group in groupby(sorted(accounts, key=_place), key=lambda account: account.serves):
        sources = tuple(group)
        served = serves not in _ADD_UP and any(source.used for source in sources)
        lost = State.FAULT if serves is Serves.INPUT else State.MISSING
        # What nothing would mend is no more than said, as long as something would mend another.
        blamed = () if served else tuple(source for source in sources if source.mend)
        if not served and not blamed and not any(source.used for source in sources):
            blamed = sources
        for source in sources:
            state = State.OK if source.used else lost if source in blamed else State.SPARE
            mend = "" if state in (State.OK, State.SPARE) else source.mend
            found.append(Finding(serves.value, state, source.says, mend, source.source))
    return tuple(found)


def hindrances(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Why the main job (notice sitting, write it down, remind) cannot be done; empty when it can."""
    reasons: list[str] = []
    if not _works(findings, Serves.INPUT.value):
        reasons.append(_("input goes unnoticed"))
    if {each.state for each in findings if each.purpose == DAEMON} == {State.FAULT}:
        reasons.append(_("the running deskbreak does not answer"))
    if not _works(findings, LOG):
        reasons.append(_("the log cannot be used"))
    if not _works(findings, NOTIFICATIONS) and not _works(findings, TRAY):
        reasons.append(_("there is neither a tray nor a notification server"))
    return tuple(reasons)


def _works(findings: Sequence[Finding], purpose: str) -> bool:
    return any(each.purpose == purpose and each.state is State.OK for each in findings)


def _place(account: Account) -> int:
    return list(Serves).index(account.serves)
