"""`deskbreak doctor --watch`: one line for each change that the senses notice, the moment they do."""

import json
import queue
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from deskbreak.cli.senses_here import SensesHere
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.events import Reading
from deskbreak.links.bus import session_address, system_address
from deskbreak.links.rejoin import Rejoin
from deskbreak.paths import Places
from deskbreak.sensors.account import Account, Serves
from deskbreak.settings import load
from deskbreak.words import _

# Between two words one thinks for some seconds; a quiet that is longer is worth a line.
_IDLE_AFTER = timedelta(seconds=5)

Channels = Mapping[tuple[str, str], str]
"""What each channel, by purpose and source, says."""


@dataclass(frozen=True, slots=True)
class Change:
    purpose: str
    source: str
    was: str
    now: str


def watch(where: Places, as_json: bool) -> int:
    """Prints changes until Ctrl-C, which is its orderly end: returns 0."""
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    settings, _faults = load(where.settings)
    clock = SystemClock(axis_at_launch(None))
    session, system = Rejoin(session_address), Rejoin(system_address, fds=True)
    try:
        with closing(session), closing(system), SensesHere(settings, inbox.put) as here:
            session.join(here.session_joined)
            system.join(here.system_joined)
            here.settled()
            reading, accounts = here.look(_is_idle)
            before = channels(reading, accounts)
            print(_("watching {count} channels; Ctrl-C ends it").format(count=len(before)), file=sys.stderr)
            while True:
                _wait(inbox, reading)
                reading, accounts = here.look(_is_idle)
                now = channels(reading, accounts)
                at = clock.now()
                for change in changes(before, now):
                    print(_line(change, at.wall.astimezone(at.zone), as_json), flush=True)
                before = now
    except KeyboardInterrupt:
        return 0


def channels(reading: Reading, accounts: tuple[Account, ...]) -> Channels:
    """Every source, with input as idle or active only, and what is made of them all together."""
    said = {}
    for account in accounts:
        moving = account.serves is Serves.INPUT and account.used and reading.idle is not None
        quiet = _("idle") if _is_idle(reading) else _("active")
        said[account.serves.value, account.source] = quiet if moving else account.says
    evidence = [name for name, there in (("call", reading.call), ("media", reading.media)) if there]
    said["evidence", ""] = ", ".join(evidence) or _("none")
    said["holds", ""] = ", ".join(sorted(hold.value for hold in reading.holds)) or _("none")
    return said


def changes(before: Channels, now: Channels) -> Iterator[Change]:
    """What another word is said of; a source that comes or goes was, or is, not there."""
    for purpose, source in {**before, **now}:
        was, says = (said.get((purpose, source), _("not there")) for said in (before, now))
        if was != says:
            yield Change(purpose, source, was, says)


def _is_idle(reading: Reading) -> bool:
    return reading.idle is not None and reading.idle >= _IDLE_AFTER


def _wait(inbox: queue.SimpleQueue[object], reading: Reading) -> None:
    """Until a sense stirs, or until the person may have become idle."""
    patience = None
    if not reading.blind and not _is_idle(reading):
        patience = (_IDLE_AFTER - (reading.idle or timedelta(0))).total_seconds()
    try:
        inbox.get(timeout=patience)
        while True:
            inbox.get_nowait()
    except queue.Empty:
        return


def _line(change: Change, at: datetime, as_json: bool) -> str:
    if as_json:
        return json.dumps({"at": at.isoformat(timespec="seconds"), **asdict(change)})
    channel = f"{change.purpose} ({change.source})" if change.source else change.purpose
    return f"{at:%H:%M:%S}  {channel}: {change.was} -> {change.now}"
