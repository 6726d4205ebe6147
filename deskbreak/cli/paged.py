"""The page of the log, made from all that a page can show and opened in the browser."""

from datetime import date, timedelta

from deskbreak.cli.coached import coach, moment
from deskbreak.cli.reading import Desk, desk, opened
from deskbreak.cli.telling import empty, status
from deskbreak.cli.unbooked import with_unbooked
from deskbreak.report.opening import opened as shown
from deskbreak.report.opening import written
from deskbreak.report.page import IN_DETAIL, Review, page
from deskbreak.words import _

_NAME = "report"
# A local date is within two days of UTC's.
_TWO_DAYS = timedelta(days=2)


def open_page(day: date) -> str:
    """Opens it at this day; returns the sentence that says so, or where the page lies.

    Raises StoreError where there is no log, or none that can be read.
    """
    return open_page_of(desk(), day, _NAME, sample=False)


def open_page_of(here: Desk, day: date, name: str, sample: bool) -> str:
    """The same of this desk, in a file of this name; `sample`: its log is made up."""
    with opened(here.places) as log:
        days = log.days(date.min, here.today)
        since = max(days[0].day if days else here.today, here.today - IN_DETAIL)
        began = here.now.wall - (here.today - since) - _TWO_DAYS
        rows = tuple(log.lived(since, here.today))
        prompts = tuple(log.prompts(began, here.now.wall))
        exercises = tuple(log.exercises(began, here.now.wall))
    at = here.now.wall.astimezone(here.now.zone)
    *before, today = days if days and days[-1].day == here.today else (*days, empty(here.today))
    lived = tuple(row for row in rows if row.day == here.today)
    today, lived = with_unbooked(today, lived, status(here.places), at)
    if lived:
        days, rows = (*before, today), (*(row for row in rows if row.day != here.today), *lived)
    review = Review(
        # A log that slept through a weekend has nothing to show of it, and is not to lower its means.
        days=tuple(each for each in days if each.tracked),
        rows=rows,
        prompts=prompts,
        exercises=exercises,
        standings=coach(here).standings(moment(here)),
        daily_goal=here.settings.daily_goal,
        day_start=here.settings.day_start,
        at=at,
        today=here.today,
        shown=day,
        sample=sample,
        days_off=frozenset(here.settings.days_off),
    )
    path = written(page(review), name, here.places)
    said = _("The page is open: {path}") if shown(path) else _("Open this in a browser: {path}")
    return said.format(path=path)
