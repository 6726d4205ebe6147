"""The composition root: the only module that names every class."""

import logging
import logging.handlers
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from deskbreak import paths
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.coach.library import Library, put_in_force
from deskbreak.coach.primer import kind_of
from deskbreak.core.state import Spell, State, fresh
from deskbreak.daemon.arming import Calendar
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.companion import Companion, Saved, rules
from deskbreak.daemon.control import Control
from deskbreak.daemon.lock import NAME, Lock
from deskbreak.daemon.loop import Loop, QueueInbox, World
from deskbreak.daemon.memory import recalled
from deskbreak.daemon.surroundings import Surroundings
from deskbreak.daemon.wire import Query
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.desktop.notifier import PlyerNotifier
from deskbreak.desktop.tray import Tray
from deskbreak.links.bus import session_address, system_address
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Put
from deskbreak.sensors import Senses
from deskbreak.sensors.account import in_plain
from deskbreak.settings import Fault, Settings, as_texts, load, load_exercises, reference
from deskbreak.store.database import open_log, saved_mark
from deskbreak.store.errors import StoreError
from deskbreak.store.log import SqliteLog
from deskbreak.store.screening import read as read_screening
from deskbreak.store.screening import write as write_screening
from deskbreak.store.snapshot import load as load_snapshot
from deskbreak.words import _

_log = logging.getLogger(__name__)

_DIARY_BYTES = 1_000_000
_DIARIES = 3
# A file of hundreds of wrong entries is told of in full by `config check`; here it would fill every answer.
_TOLD = 10
_ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def run() -> int:
    """Run the daemon until it is told to quit; returns the exit status.

    Raises `DeskbreakError` when it cannot start, `AlreadyRunning` when one runs.
    """
    places = paths.places()
    for folder in (places.data, places.state):
        paths.private_folder(folder)
    _keep_diary(places.diary)
    began = SystemClock(axis_at_launch(None)).now()
    with Lock.take(places.data / NAME, began.wall) as lock:
        return _run(places, lock, began.wall.astimezone(began.zone).date())


def _keep_diary(path: Path) -> None:
    """What goes wrong is said on stderr and in a file of bounded size."""
    paths.private_file(path)
    spoken = logging.StreamHandler()
    spoken.setFormatter(logging.Formatter("deskbreak: %(message)s"))
    diary = logging.handlers.RotatingFileHandler(path, maxBytes=_DIARY_BYTES, backupCount=_DIARIES)
    diary.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[spoken, diary])


def _run(places: paths.Places, lock: Lock, today: date) -> int:
    opened = open_log(places.log, places.marker, today)
    mark = saved_mark(opened.connection, places.log)
    axis = axis_at_launch(mark)
    clock = SystemClock(axis)
    log = SqliteLog(opened.connection, places.log, clock.mark)
    settings, exercises, faults = _wishes(places)
    put_in_force(exercises)
    log.put_in_force(as_texts(settings), clock.now().wall)
    news = () if opened.loss is None else (opened.loss.message,)
    saved, launched = _saved(log, clock)

    inbox = QueueInbox()
    senses = Senses(os.environ, clock, inbox.put)
    senses.heed(settings)
    leftover = Leftover(places.runtime / "card")
    notices = Notices(inbox.put, leftover) if sys.platform == "linux" else None
    notifier = PlyerNotifier(inbox.put, notices)
    tray = Tray(inbox.put, clock)
    control = Control(inbox.put, clock, lock, places.runtime)
    kept = read_screening(places.screening)
    memory = recalled(log, clock.now().wall, settings.day_start, saved.offers)
    rotation = Rotation(place(settings), memory, saved.wording, kept.in_force)

    session, system = Rejoin(session_address), Rejoin(system_address, fds=True)

    def missing() -> tuple[str, ...]:
        lines = (control.fault, notifier.missing(), tray.missing())
        return tuple(line for line in lines if line is not None)

    def reload() -> tuple[Settings, tuple[Fault, ...]]:
        read, chosen, wrong = _wishes(places)
        if not wrong:
            senses.heed(read)
            put_in_force(chosen)
        return read, wrong

    around = Surroundings(
        missing=missing,
        no_tray=tray.missing,
        reload=reload,
        screening=lambda: read_screening(places.screening),
        keep=lambda answers: write_screening(places.screening, answers),
        change=lambda key, value: _change(places.settings, key, value),
        open_settings=lambda: _open_settings(places.settings, settings),
        show_how=_show_how,
        show_today=lambda: _beside("report", "--open"),
        back_up=lambda: _beside("backup", "--nightly"),
        say=_say,
        slept_soundly=senses.ready_to_sleep,
        check_door=control.check,
        examined=lambda: {
            "senses": [in_plain(account) for account in senses.why()],
            "tray": tray.missing(),
            "notifications": notifier.missing(),
        },
    )
    companion = Companion(tray, lambda: _open_calendar(inbox.put), rotation, settings, faults, news, around)
    world = World(clock, inbox, senses, notifier, log, rotation)
    loop = Loop(world, companion, saved.state, rules(settings, kept.in_force))
    for number in _ENDS:
        signal.signal(number, lambda _number, _frame: inbox.put(Query.QUIT))
    if launched:
        loop.launch(axis.rebooted)

    session.join(*(joined for joined in (notices and notices.joined, senses.session_joined) if joined))
    system.join(senses.system_joined)
    control.open()
    companion.began(loop)
    if system.missing is not None:
        _log.warning(
            _("lock and sleep are noticed by the clocks only (%s): start dbus and systemd-logind or elogind"),
            system.missing,
        )
    try:
        loop.run()
    finally:
        control.close()
        tray.close()
        notifier.close()
        senses.close()
        session.close()
        system.close()
        log.close()
    return 0


def _wishes(places: paths.Places) -> tuple[Settings, Library, tuple[Fault, ...]]:
    """What the person wrote down for us: the settings and exercises, and what is wrong with either."""
    settings, faults = load(places.settings)
    exercises, more = load_exercises(places.exercises)
    return settings, exercises, (*faults, *more[:_TOLD])


def _open_calendar(put: Put) -> Calendar:
    from deskbreak.daemon.agenda import Agenda

    agenda = Agenda(put)
    agenda.start()
    return agenda


def _change(path: Path, key: str, value: object) -> None:
    # Seldom wanted, and larger than all else that reads the file.
    from deskbreak.settings.writing import change

    change(path, key, value)


def _saved(log: SqliteLog, clock: SystemClock) -> tuple[Saved, bool]:
    """What to go on from, and whether the program ran before."""
    text = log.state()
    if text is not None:
        try:
            return load_snapshot(Saved, text), True
        except StoreError as fault:
            _log.warning("%s", fault)
    numbers = log.numbers()
    state: State = replace(
        fresh(clock.now()), spell=Spell(number=numbers.spell + 1), next_number=numbers.prompt + 1
    )
    return Saved(state), False


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _show_how(exercise: str) -> None:
    which = kind_of(exercise)
    if which is None:
        _beside("exercises", "show", exercise, "--open")
    else:
        _beside("primer", "--show", which.value)


def _beside(*command: str) -> None:
    """Run this command in a process of its own, so that what it takes does not stay in this one."""
    try:
        subprocess.Popen(
            [sys.executable, "-m", "deskbreak", *command], stdin=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as fault:
        _log.warning(_("deskbreak %s could not be run: %s"), command[0], fault)


def _open_settings(path: Path, settings: Settings) -> None:
    """Show the settings file in the person's editor; a first one holds the reference, all as it is."""
    if not path.exists():
        paths.private_folder(path.parent)
        paths.private_file(path)
        path.write_text(reference(settings), "utf-8")
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen([opener, str(path)], stdin=subprocess.DEVNULL, start_new_session=True)
    except OSError:
        _log.warning("the settings are in %s (there is no %s to open it with)", path, opener)
