"""The sections of the page: what stands in them without a script, and the places that the script fills."""

from collections.abc import Iterable, Mapping
from datetime import date

from deskbreak.coach.levels import Standing
from deskbreak.core.outcomes import Fate
from deskbreak.core.postures import Posture
from deskbreak.report.markup import said
from deskbreak.report.page import day_tables
from deskbreak.report.page.columns import Figures
from deskbreak.report.page.lived import Lived
from deskbreak.report.page.periods import Period
from deskbreak.report.page.ribbon import DEFINITIONS, HEIGHTS, ribbon
from deskbreak.report.page.tables import Table, html
from deskbreak.report.ribbon import fate_name
from deskbreak.words import _, review
from deskbreak.words.levels import heading, next_step

Phrases = Mapping[str, str]

_SWATCH = '<svg width="18" height="18" aria-hidden="true" focusable="false">{drawn}</svg>'


def day(when: date, figures: Figures, life: Lived | None, phrases: Phrases) -> str:
    """One day: its ribbon, and as tables."""
    called = review.in_full(when)
    tables = [day_tables.by_posture(figures, phrases)]
    if life is not None:
        tables += [day_tables.stretches(life, phrases), day_tables.events(life, phrases)]
    drawn = "" if life is None else ribbon(life, phrases["ribbon_alone"].format(day=called))
    moves = (("before", _("Earlier")), ("after", _("Later")), ("latest", _("Latest day")))
    return (
        f'<section class="day" id="day" aria-labelledby="name">\n{DEFINITIONS}'
        f'<div class="heading"><h1 id="name" tabindex="-1" aria-live="polite">{said(called)}</h1>\n'
        f'<nav class="live" aria-label="{said(_("Days"))}" hidden>{_buttons(moves)}</nav></div>\n'
        f'<p class="keys live" hidden>{_keys()}</p>\n'
        '<div class="summary live" id="summary" hidden></div>\n'
        f'<div class="panel"><div class="chart" id="ribbon">{drawn}</div>\n{_legend()}'
        '<p class="undrawn" id="undrawn" hidden></p></div>\n'
        f"{_tables(_('This day as tables'), 'day-tables', tables)}</section>\n"
    )


def weeks(days: Iterable[tuple[date, Figures]], phrases: Phrases) -> str:
    """The calendar, and sitting against the goal; without a script only a table of the last days."""
    recent = day_tables.day_by_day(((review.in_full(when), figures) for when, figures in days), phrases)
    moves = (("weeks-before", _("Earlier weeks")), ("weeks-after", _("Later weeks")))
    return (
        '<section class="live" aria-labelledby="weeks" hidden>\n'
        f'{_heading("weeks", _("Weeks"), _buttons(moves))}<p class="about" id="weeks-about"></p>\n'
        '<div class="panel"><div class="chart" id="calendar"></div>\n<div id="calendar-scale"></div></div>\n'
        f"{_tables(_('These weeks as a table'), 'weeks-table', ())}</section>\n"
        f'<section aria-labelledby="against">\n{_heading("against", _("Sitting and your goal"))}'
        '<p class="about live" id="days-about" hidden></p>\n'
        '<div class="panel live" hidden><div class="chart" id="bars"></div></div>\n'
        f"{_tables(_('These days as a table'), 'days-table', (recent,))}</section>\n"
    )


def together(period: Period, standings: Iterable[Standing]) -> str:
    """What the days of the period that is shown first have in common, and levels, which have no period."""
    charts = (
        ("heat", "tall", _("When bouts are long"), period.long_bouts),
        ("hours", "short", _("Reminders by hour"), period.by_hour),
        ("reminder-levels", "short", _("Reminders by level"), period.by_level),
        ("exercises", "wide", _("Exercises done"), period.exercises),
    )
    return (
        f'<section aria-labelledby="together">\n{_heading("together", _("Over time"), "", "periods")}'
        '<p class="about live" id="period-about" hidden></p>\n<div class="charts">\n'
        f"{''.join(_chart(*each) for each in charts)}{_levels(standings)}</div>\n</section>\n"
    )


def _heading(name: str, text: str, buttons: str = "", place: str = "") -> str:
    """With the buttons, or the place where the script puts some."""
    called = f' id="{place}" role="group" aria-label="{said(text)}"' if place else ""
    beside = f'<div class="buttons live"{called} hidden>{buttons}</div>' if buttons or place else ""
    return f'<div class="heading"><h2 id="{name}">{said(text)}</h2>{beside}</div>\n'


def _buttons(each: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<button type="button" id="{name}">{said(text)}</button>' for name, text in each)


def _chart(name: str, size: str, title: str, table: Table) -> str:
    legend = f'<div class="live" hidden>{_fates()}</div>' if name in ("hours", "reminder-levels") else ""
    return (
        f'<section class="panel {size}" aria-labelledby="{name}-title">\n'
        f'<h3 id="{name}-title">{said(title)}</h3>\n'
        f'<div class="chart live" id="{name}" hidden></div>\n{legend}'
        f"{_tables(_('As a table'), f'{name}-table', (table,))}</section>\n"
    )


def _levels(standings: Iterable[Standing]) -> str:
    rows = "".join(
        f'<li><p>{said(heading(each))} <span class="pips" aria-hidden="true">{_pips(each)}</span></p>'
        f"<p>{said(next_step(each))}</p></li>"
        for each in standings
        if each.next is not None or int(each.level) > 101
    )
    if not rows:
        return ""
    return (
        f'<section class="panel wide" aria-labelledby="levels"><h3 id="levels">{said(_("Levels"))}</h3>\n'
        f'<ul class="levels">{rows}</ul></section>\n'
    )


def _pips(standing: Standing) -> str:
    reached = int(standing.level) // 101
    return "●" * reached + "○" * (3 - reached)


def _keys() -> str:
    keys = said(_("{left} and {right} go from day to day, and through a picture that is chosen with {tab}."))
    return keys.format(left="<kbd>←</kbd>", right="<kbd>→</kbd>", tab="<kbd>Tab</kbd>")


def _legend() -> str:
    """What the ribbon's shapes and heights stand for."""
    entries = [
        *((_block(posture), review.posture(posture)) for posture in Posture),
        ('<rect class="not-sure sitting" x="1" y="3" width="16" height="12"/>', _("inferred")),
        ('<line class="long" x1="1" x2="17" y1="9" y2="9"/>', _("bout of 30 min and more")),
        *(
            (
                f'<use class="reminder" href="#{fate.value}" x="9" y="9"/>',
                _("reminder: {fate}").format(fate=fate_name(fate)),
            )
            for fate in Fate
        ),
        ('<use class="done" href="#exercise" x="9" y="9"/>', _("exercise")),
        ('<use class="done" href="#activation" x="9" y="9"/>', _("exercise in the chair")),
    ]
    return _entries(entries, "ribbon-legend")


def _block(posture: Posture) -> str:
    height = max(round(HEIGHTS[posture] * 0.15), 3)
    return f'<rect class="{posture.value}" x="1" y="{17 - height}" width="16" height="{height}"/>'


def _fates() -> str:
    return _entries(
        (f'<rect class="fate {fate.value}" x="1.5" y="2.5" width="15" height="13"/>', fate_name(fate))
        for fate in Fate
    )


def _entries(entries: Iterable[tuple[str, str]], name: str = "") -> str:
    rows = "".join(f"<li>{_SWATCH.format(drawn=drawn)}{said(text)}</li>" for drawn, text in entries)
    called = f' id="{name}"' if name else ""
    return f'<ul class="legend"{called}>{rows}</ul>\n'


def _tables(summary: str, place: str, tables: Iterable[Table]) -> str:
    return (
        f'<details open><summary>{said(summary)}</summary><div class="tables" id="{place}">'
        f"{''.join(map(html, tables))}</div></details>\n"
    )
