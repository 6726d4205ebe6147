"""The page, put together: what is drawn and said here, and the places that its script fills."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from deskbreak.report.markup import paragraph, said
from deskbreak.report.page import places
from deskbreak.report.page.columns import Figures, figures
from deskbreak.report.page.lived import Lived, lived
from deskbreak.report.page.periods import Period, periods
from deskbreak.report.page.plan import drawn, plan
from deskbreak.report.page.review import Review
from deskbreak.report.page.sayings import phrases
from deskbreak.report.sheet import sheet
from deskbreak.words import _
from deskbreak.words.review import in_full

_SCRIPTS = ("words", "explore", "day", "weeks", "periods", "page")
_WEEKS = timedelta(days=28)


def page(review: Review) -> str:
    """The page as a document, for a file of UTF-8; it needs neither network nor server.

    It holds the totals of every day, and as many of the latest days as they were lived as it has room for;
    where those begin is said on it. Without its script it shows one day, and everything as tables.
    """
    lives = lived(review)
    measured = {
        day.day: figures(day, review.daily_goal, review.today, day.day in review.days_off)
        for day in review.days
    }
    lately, together = drawn(lives), tuple(periods(review.days, lives, review.day_start))
    shown = max((day for day in measured if day <= review.shown), default=None)
    body = _nothing() if shown is None else _body(shown, measured, lives.get(shown), together, review)
    values = plan(measured, measured.values(), lately, together)
    chosen = None if shown is None else shown.toordinal()
    called = _("Sample data: {day}") if review.sample else "{day}"
    return sheet(
        called.format(day=in_full(shown) if shown else _("Your days")),
        f"{_top(review)}<main>\n{body}</main>\n"
        f"<footer>{''.join(map(paragraph, _notes(lately.since, review)))}</footer>\n",
        ("page/page.css",),
        [f"page/{name}.js" for name in _SCRIPTS] if shown else (),
        {**values, "called": called, "shown": chosen, "today": review.today.toordinal()} if shown else None,
    )


def _top(review: Review) -> str:
    asked = _("The log as of {clock} on {day}").format(
        clock=f"{review.at:%H:%M}", day=in_full(review.at.date())
    )
    sample = paragraph(_("Sample data: nobody lived these days.")) if review.sample else ""
    # Paper has no header on its second sheet: the mark goes over each of them.
    mark = f'<p class="watermark" aria-hidden="true">{said(_("Sample data"))}</p>\n' if review.sample else ""
    return (
        f'<header>\n<p class="kinds">deskbreak</p>\n<p class="asked">{said(asked)}</p>\n'
        f'<div class="sample">{sample}</div>\n</header>\n{mark}'
    )


def _nothing() -> str:
    return f"<h1>{said(_('Your days'))}</h1>\n{paragraph(phrases()['nothing'])}\n"


def _body(
    shown: date,
    measured: Mapping[date, Figures],
    life: Lived | None,
    together: tuple[Period, ...],
    review: Review,
) -> str:
    text = phrases()
    recent = [(day, figures) for day, figures in measured.items() if shown - _WEEKS < day <= shown]
    return (
        places.day(shown, measured[shown], life, text)
        + places.weeks(recent, text)
        + places.together(together[0], review.standings)
    )


def _notes(since: date | None, review: Review) -> Iterator[str]:
    if since is not None and review.days and review.days[0].day < since:
        yield _(
            "To keep this page small, days before {day} are shown by their totals: they have no ribbon here. "
            '"deskbreak log DAY" lists each of them in full.'
        ).format(day=in_full(since))
    yield _(
        "Sitting is time at this computer. A bout is sitting that nothing interrupted for a minute or more. "
        "What is known only because it was quiet, or because the log has a gap, is inferred."
    )
    yield _("This page is a file on this computer. It loads nothing and sends nothing.")
