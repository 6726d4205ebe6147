"""`deskbreak doctor`: each channel, whether it works here and what would mend it; it changes nothing."""

import json
import logging
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from select import select
from textwrap import wrap

from deskbreak.cli.ask import NotRunningError, ask
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.daemon.lock import NAME, Holder, holder
from deskbreak.errors import DeskbreakError
from deskbreak.links.bus import Bus, session_address, system_address
from deskbreak.paths import Places, places
from deskbreak.sensors import Account, Senses
from deskbreak.settings import load
from deskbreak.store.database import open_to_read
from deskbreak.words import _

_DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_NOTIFICATIONS = "org.freedesktop.Notifications"
_WATCHER = "org.kde.StatusNotifierWatcher"
_WIDTH = 80
_INDENT = 25
_LOOKS = 20
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """`needed`: without it deskbreak cannot do its main job."""

    channel: str
    works: bool
    says: str
    mend: str = ""
    needed: bool = False


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead")


def run(args: Namespace) -> int:
    # What is found is said below, once.
    logging.getLogger("deskbreak").addHandler(logging.NullHandler())
    found = tuple(_findings(places()))
    if args.json:
        print(json.dumps([asdict(finding) for finding in found]))
    else:
        for finding in found:
            print(_line(finding))
    return 1 if any(finding.needed and not finding.works for finding in found) else 0


def _line(finding: Finding) -> str:
    mark = _("ok") if finding.works else _("fault")
    indent = " " * _INDENT
    said = [finding.says]
    if finding.mend:
        said.append(_("mend it: {mend}").format(mend=finding.mend))
    lines = chain.from_iterable(
        wrap(words, _WIDTH - _INDENT, break_long_words=False, break_on_hyphens=False) for words in said
    )
    return f"{mark:<8} {finding.channel:<15} " + f"\n{indent}".join(lines)


def _findings(where: Places) -> Iterator[Finding]:
    yield _settings(where)
    yield _log(where)
    yield from _desktop()
    yield from _daemon(where)


def _settings(where: Places) -> Finding:
    _values, faults = load(where.settings)
    if not faults:
        return Finding(_("settings"), True, str(where.settings) if where.settings.exists() else _("defaults"))
    return Finding(_("settings"), False, str(faults[0]), _("deskbreak config check names them all"))


def _log(where: Places) -> Finding:
    name = _("log")
    folder = next(folder for folder in (where.data, *where.data.parents) if folder.exists())
    if not os.access(folder, os.W_OK | os.X_OK) or not folder.is_dir():
        return Finding(
            name, False, _("{folder} cannot be written to").format(folder=folder), _mend(folder), True
        )
    if where.log.exists():
        try:
            open_to_read(where.log, holder(where.data / NAME) is None).close()
        except DeskbreakError as fault:
            return Finding(name, False, str(fault), needed=True)
    return Finding(name, True, str(where.log), needed=True)


def _mend(folder: Path) -> str:
    return _("let your user write there: chown, chmod u+rwx, or free space at {folder}").format(folder=folder)


def _desktop() -> Iterator[Finding]:
    senses = Senses(os.environ, SystemClock(axis_at_launch(None)), lambda _something: None)
    with ExitStack() as ends:
        ends.callback(senses.close)
        session = _bus(session_address, ends)
        system = _bus(system_address, ends)
        if isinstance(session, Bus):
            senses.session_joined(session)
        if isinstance(system, Bus):
            senses.system_joined(system)
        accounts = _settled(senses)
        yield from (_sense(account, accounts) for account in accounts)
        if isinstance(session, Bus):
            yield from _services(session)
        else:
            yield Finding(_("session bus"), False, session)


def _bus(find: Callable[[], str], ends: ExitStack) -> Bus | str:
    try:
        bus = Bus(find(), fds=find is system_address)
    except DeskbreakError as fault:
        return str(fault)
    ends.callback(bus.close)
    return bus


def _settled(senses: Senses) -> tuple[Account, ...]:
    """What the sources say once each had the time to answer."""
    accounts = senses.why()
    for _look in range(_LOOKS):
        if all(account.used for account in accounts):
            break
        select((), (), (), _LOOK_S)
        accounts = senses.why()
    return accounts


def _sense(account: Account, accounts: tuple[Account, ...]) -> Finding:
    # The last two are lock and sleep; before them stands every source of idle time that was tried, of
    # which one will do.
    sources = accounts[:-2]
    needed = account in sources and not any(source.used for source in sources)
    return Finding(account.source, account.used, account.says, account.mend, needed)


def _services(bus: Bus) -> Iterator[Finding]:
    here = _names(bus, "ListNames")
    offered = here | _names(bus, "ListActivatableNames")
    if _NOTIFICATIONS in offered:
        yield Finding(_("notifications"), True, _("a server shows them"))
    else:
        yield Finding(
            _("notifications"),
            False,
            _("no server: reminders show in the icon and in the terminal"),
            _("install dunst or xfce4-notifyd"),
        )
    if _WATCHER in here:
        yield Finding(_("tray"), True, _("a panel shows icons"))
    else:
        yield Finding(
            _("tray"),
            False,
            _("no panel shows icons: use the notifications and the commands"),
            _("a panel with a tray (xfce4-panel), or GNOME's AppIndicator extension"),
        )


def _names(bus: Bus, member: str) -> set[str]:
    try:
        (names,) = bus.call(*_DAEMON, member)
    except DeskbreakError:
        return set()
    return {str(name) for name in names} if isinstance(names, list) else set()


def _running(found: Holder | None) -> str:
    if found is None or found.since_at is None:
        return _("running")
    return _("running since {moment} (process {pid})").format(
        moment=f"{found.since_at.astimezone():%Y-%m-%d %H:%M}", pid=found.pid
    )


def _daemon(where: Places) -> Iterator[Finding]:
    name = _("daemon")
    try:
        answer = ask("status")
    except NotRunningError:
        yield Finding(name, False, _("not running"), "deskbreak run")
        return
    except DeskbreakError as fault:
        yield Finding(name, False, str(fault))
        return
    yield Finding(name, True, _running(holder(where.data / NAME)))
    status = answer.get("status")
    faults = status.get("faults", ()) if isinstance(status, dict) else ()
    yield from (Finding(name, False, str(line)) for line in faults)
