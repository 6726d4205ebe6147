"""`deskbreak demo`: the tables and the page of a month that nobody lived, in a log of its own.

It alone shows sample data, and it reads and writes nothing that is the person's.
"""

import os
import shutil
import stat
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from secrets import token_hex

from deskbreak.cli.colours import colours
from deskbreak.cli.paged import open_page_of
from deskbreak.cli.reading import Desk, Glance
from deskbreak.cli.telling import tell_day, tell_span
from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places, private_folder
from deskbreak.report.grid import noted
from deskbreak.report.pieces import EMPTY, Tone
from deskbreak.report.table import room, show
from deskbreak.sample.month import write
from deskbreak.settings import Settings
from deskbreak.words import _
from deskbreak.words.review import in_full

_NAME = "sample"
_LOG, _PAGE = "deskbreak-sample-log-", "deskbreak-sample-page-"
# A working day is nearly over then, and most of what there is to show has happened.
_ENDS = time(16, 40)
_DAY = timedelta(days=1)
_WEEKEND = 5
_HELP = """\
A made-up person sits, stands, walks, watches a film, falls ill and snoozes for
a month, and the real deskbreak watches. The tables are those of "deskbreak
today" and "deskbreak report", the page is that of "deskbreak report --open".

All of it is in a temporary folder. Your own log, settings and answers are
neither read nor changed, and a running deskbreak knows nothing of it.
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--no-open", action="store_true", help="print the tables, and open no page")
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    now = SystemClock(axis_at_launch(None)).now()
    ends = ending(now.wall.astimezone(now.zone).date()).replace(tzinfo=now.zone)
    then = replace(now, wall=ends.astimezone(UTC))
    with _folder() as folder:
        places = Places(
            data=folder / "data",
            config=folder / "config",
            state=folder / "state",
            # A browser may open the page long after this process has ended.
            runtime=folder.with_name(f"{_PAGE}{token_hex(8)}"),
            autostart=folder / "autostart",
        )
        private_folder(places.data)
        first, today = write(places.log, then.wall, then.zone)
        here = Desk(places, Settings(), then, today)
        _tell(here, first, ends)
        if not args.no_open:
            _take_pages_away(folder.parent)
            print(open_page_of(here, today, _NAME, sample=True))
    return 0


def ending(today: date) -> datetime:
    """When the month is over: in the afternoon of the last working day before this one."""
    day = today - _DAY
    while day.weekday() >= _WEEKEND:
        day -= _DAY
    return datetime.combine(day, _ENDS)


def _tell(here: Desk, first: date, ends: datetime) -> None:
    """The tables, each under a line that says what it is."""
    settings, today = here.settings, here.today
    days_off = frozenset(settings.days_off)
    glance = Glance(here.places, settings.day_start, settings.daily_goal, days_off, ends, today)
    mark = _("SAMPLE DATA: nobody lived these days.")
    about = _("A made-up month up to {day}, {clock}. Yours is neither read nor changed.")
    _say(mark, about.format(day=in_full(today), clock=f"{ends:%H:%M}"))
    tell_day(today, glance, as_json=False)
    print()
    _say(mark)
    tell_span(first, today, glance, as_json=False)
    print()
    _say(mark)


def _say(mark: str, *more: str) -> None:
    here = room(sys.stdout, os.environ)
    lines = chain(noted(mark, here, tone=Tone.STRONG), *(noted(text, here) for text in more), (EMPTY,))
    show(lines, sys.stdout, os.environ, colours())


def _take_pages_away(folder: Path) -> None:
    """Those of earlier times; a browser that shows one goes on showing it."""
    for page in folder.glob(f"{_PAGE}*"):
        with suppress(OSError):
            found = page.lstat()
            if stat.S_ISDIR(found.st_mode) and (os.name != "posix" or found.st_uid == os.geteuid()):
                shutil.rmtree(page)


@contextmanager
def _folder() -> Iterator[Path]:
    """For the log, and gone in the end; raises DeskbreakError where none can be made."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=_LOG)
    except OSError as error:
        raise DeskbreakError(
            _("there is nowhere to put sample data: {reason}").format(reason=error.strerror or error)
        ) from error
    with folder as made:
        yield Path(made)
