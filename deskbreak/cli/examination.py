"""Looks at every channel for `doctor`, by the running daemon's senses where one runs; it changes nothing."""

import os
import shutil
import sys
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from deskbreak.cli import autostart
from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.cli.findings import (
    AUTOSTART,
    DAEMON,
    EXERCISES,
    LOG,
    NOTIFICATIONS,
    SETTINGS,
    TRAY,
    Finding,
    State,
    hindrances,
    of_senses,
)
from deskbreak.daemon.lock import NAME, Holder, holder
from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places
from deskbreak.sensors.account import Account, account_in
from deskbreak.settings import Settings, load, load_exercises
from deskbreak.store.database import open_to_read
from deskbreak.store.errors import OldLogError
from deskbreak.words import _

_LEAST_ROOM = 1024 * 1024
# `config check` names them all.
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Examination:
    """`seen_by_daemon`: the senses are the running daemon's; else those of this terminal.

    `hindrances` says why the main job cannot be done; empty when it can.
    """

    findings: tuple[Finding, ...]
    seen_by_daemon: bool
    hindrances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Daemon:
    """What the daemon has answered, or why it has not; None: it tells no such thing."""

    fault: str | None
    faults: tuple[str, ...] = ()
    unwritten: str | None = None
    lacks: Mapping[str, str | None] | None = None
    accounts: tuple[Account, ...] | None = None


def examine(where: Places) -> Examination:
    daemon = _asked()
    seen = daemon is not None and daemon.accounts is not None
    findings = tuple(_findings(where, daemon))
    return Examination(findings, seen, hindrances(findings))


def _findings(where: Places, daemon: _Daemon | None) -> Iterator[Finding]:
    settings, faults = load(where.settings)
    for fault in faults:
        yield Finding(SETTINGS, State.FAULT, str(fault), _("deskbreak config check"))
    if not faults:
        says = str(where.settings) if where.settings.exists() else _("as they come: there is no file")
        yield Finding(SETTINGS, State.OK, says)
    own = yield from _exercises(where)
    log = _log(where, daemon)
    yield log
    said = {*map(str, faults), *own, log.says, *((daemon and daemon.lacks) or {}).values()}
    yield from _running(where, daemon, said)
    yield _autostart(where)
    told = None if daemon is None else daemon.accounts
    if sys.platform == "linux":
        from deskbreak.cli.reach import Buses

        with Buses() as buses:
            yield from of_senses(told or _seen_here(settings, (buses.session, buses.system)))
            found = tuple(buses.findings())
    else:
        yield from of_senses(told or _seen_here(settings, ()))
        found = tuple(Finding(each, State.OK, _("shown by the system")) for each in (NOTIFICATIONS, TRAY))
    # Where the daemon lacks one, its word counts.
    lacks = {} if daemon is None or daemon.lacks is None else daemon.lacks
    for each in found:
        lack = lacks.get(each.purpose)
        yield each if lack is None else replace(each, state=State.MISSING, says=lack, mend="")


def _exercises(where: Places) -> Generator[Finding, None, tuple[str, ...]]:
    """The person's own exercises, if they have any; returns what is wrong with them."""
    faults = load_exercises(where.exercises)[1]
    for fault in faults[:_TOLD]:
        yield Finding(EXERCISES, State.FAULT, str(fault), _("mend the entry, then deskbreak reload"))
    if not faults and where.exercises.exists():
        yield Finding(EXERCISES, State.OK, str(where.exercises))
    return tuple(map(str, faults))


def _asked() -> _Daemon | None:
    try:
        answer = ask("doctor")
        if answer.get("ok") is not True:
            answer = ask("status")
    except NotRunningError:
        return None
    except DeskbreakError as fault:
        return _Daemon(str(fault))
    status = answer.get("status")
    faults = status.get("faults") if isinstance(status, dict) else None
    told = answer.get("senses")
    lacks = {each: _text(answer.get(each)) for each in (NOTIFICATIONS, TRAY)}
    return _Daemon(
        None,
        tuple(map(str, faults)) if isinstance(faults, list) else (),
        _text(answer.get("unwritten")),
        lacks if isinstance(told, list) else None,
        tuple(map(account_in, told)) if isinstance(told, list) else None,
    )


def _text(said: object) -> str | None:
    return said if isinstance(said, str) else None


def _log(where: Places, daemon: _Daemon | None) -> Finding:
    if daemon is not None and daemon.unwritten is not None:
        return Finding(LOG, State.FAULT, daemon.unwritten, _mend(where.data))
    folder = next(folder for folder in (where.data, *where.data.parents) if folder.exists())
    if not os.access(folder, os.W_OK | os.X_OK) or not folder.is_dir():
        says = _("{folder} cannot be written to").format(folder=folder)
        return Finding(LOG, State.FAULT, says, _mend(folder))
    if shutil.disk_usage(folder).free < _LEAST_ROOM:
        return Finding(
            LOG, State.FAULT, _("no room is left at {folder}").format(folder=folder), _mend(folder)
        )
    if where.log.exists():
        if not os.access(where.log, os.W_OK):
            says = _("{file} cannot be written to").format(file=where.log)
            return Finding(LOG, State.FAULT, says, _mend(where.log))
        try:
            open_to_read(where.log, holder(where.data / NAME) is None).close()
        except OldLogError as old:
            return Finding(LOG, State.OK, str(old))
        except DeskbreakError as fault:
            return Finding(LOG, State.FAULT, str(fault))
    return Finding(LOG, State.OK, str(where.log))


def _mend(place: Path) -> str:
    return _("let your user write there (chown, chmod u+rwx), or free space at {place}").format(place=place)


def _running(where: Places, daemon: _Daemon | None, said: set[str | None]) -> Iterator[Finding]:
    """Whether it runs, and those of its faults that are not said elsewhere."""
    if daemon is None:
        yield Finding(DAEMON, State.MISSING, _("not running"), "deskbreak run")
        return
    if daemon.fault is not None:
        yield Finding(DAEMON, State.FAULT, daemon.fault)
        return
    yield Finding(DAEMON, State.OK, _since(holder(where.data / NAME)))
    for fault in daemon.faults:
        if fault not in said:
            yield Finding(DAEMON, State.FAULT, fault)


def _since(found: Holder | None) -> str:
    if found is None or found.since_at is None:
        return _("running")
    return _("running since {moment} (process {pid})").format(
        moment=f"{found.since_at.astimezone():%Y-%m-%d %H:%M}", pid=found.pid
    )


def _autostart(where: Places) -> Finding:
    try:
        on, says = autostart.state(where.autostart / autostart.FILE)
    except DeskbreakError as fault:
        return Finding(AUTOSTART, State.FAULT, str(fault))
    if on is None:
        return Finding(AUTOSTART, State.FAULT, says)
    if on:
        return Finding(AUTOSTART, State.OK, says)
    return Finding(AUTOSTART, State.SPARE, says, _("deskbreak autostart on"))


def _seen_here(settings: Settings, buses: tuple[object, ...]) -> tuple[Account, ...]:
    """What the senses say in this terminal; `buses` are the session's and the system's, where they exist."""
    from deskbreak.cli.senses_here import SensesHere
    from deskbreak.links.bus import Bus

    with SensesHere(settings, lambda _stirred: None) as here:
        for bus, joined in zip(buses, (here.session_joined, here.system_joined), strict=False):
            if isinstance(bus, Bus):
                joined(bus)
        return here.settled()
