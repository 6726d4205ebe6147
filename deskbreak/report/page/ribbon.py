"""The ribbon of one day as SVG that is drawn without a script; `day.js` draws the others in the same way.

Across it goes by per cent of the width, down by pixels: it fits every screen, and letters keep their size.
How high a posture stands says which it is, without its colour: sitting low, standing higher, moving highest.
"""

from collections.abc import Iterator
from datetime import timedelta

from deskbreak.core.commands import PromptKind, PromptRow
from deskbreak.core.outcomes import Outcome, fate
from deskbreak.core.postures import How, Posture
from deskbreak.report.markup import said
from deskbreak.report.page.lived import Lived, Segment
from deskbreak.words.durations import duration

HEIGHT, BASE, TOP = 232, 156, 48
HEIGHTS = {
    Posture.SITTING: 44,
    Posture.STANDING: 64,
    Posture.MOVING: 80,
    Posture.AWAY: 3,
    Posture.UNKNOWN: 12,
}
LEVELS = (34, 22, 10)
"""How high a reminder of level 1, 2, 3 stands; one to sit down again as one of level 1."""
EXERCISE_AT, LONG_AT, LONG_SAID_AT, HOUR_AT = 171, 188, 203, 226

INFERRED = frozenset({How.IDLE, How.GAP})
GLYPHS = ["open" if (kind := fate(outcome)) is None else kind.value for outcome in (*Outcome, None)]
"""What is drawn for each outcome; the last one for a reminder whose outcome is not known."""
_HOUR = timedelta(hours=1)
_OUTCOMES = list(Outcome)
_USUAL = (timedelta(hours=8), timedelta(hours=18))
ROOM = ((0.13, "length"), (0.065, "length brief"), (0.045, "length briefest"))
"""Of the width, for a bout's length to be written below it: everywhere, not on a phone, on a wide screen."""

DEFINITIONS = (
    '<svg class="defined" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<g id="moved"><circle r="5.5"/></g>'
    '<g id="snoozed"><circle class="hollow" r="4.75"/><path d="M0-5.5a5.5 5.5 0 0 0 0 11z"/></g>'
    '<g id="skipped"><circle class="hollow" r="4.75"/><path class="stroke" d="M-3.4 3.4l6.8-6.8"/></g>'
    '<g id="ignored"><circle class="hollow" r="4.75"/></g>'
    '<g id="kept-back"><path class="hollow" d="M-4-4h8v8h-8z"/></g>'
    '<g id="open"><circle r="2.5"/></g>'
    '<g id="exercise"><path d="M0-6.5l6.5 6.5-6.5 6.5-6.5-6.5z"/></g>'
    '<g id="activation"><path class="hollow" d="M0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z"/></g>'
    + "".join(
        f'<pattern id="not-sure-{posture.value}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="paler {posture.value}" width="6" height="6"/>'
        f'<rect class="{posture.value}" width="2.5" height="6"/></pattern>'
        for posture in Posture
    )
    + '<pattern id="fate-snoozed" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(-45)"><rect class="ground" width="6" height="6"/>'
    '<rect class="sitting" width="3.2" height="6"/></pattern>'
    '<pattern id="fate-skipped" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"/><circle class="sitting" cx="3" cy="3" r="1.4"/></pattern>'
    '<pattern id="fate-kept-back" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="5" height="5"/><rect class="hint" width="5" height="1.5"/></pattern>'
    "</defs></svg>\n"
)


def axis(life: Lived) -> tuple[timedelta, timedelta]:
    """From which full hour to which the ribbon goes: a usual day at least."""
    first, last = _USUAL
    if life.segments:
        first = min(first, life.segments[0].at // _HOUR * _HOUR)
        last = max(last, -(-life.segments[-1].ended // _HOUR) * _HOUR)
    return first, last


def ribbon(life: Lived, label: str) -> str:
    """An `<svg>` that is called `label`; it refers to `DEFINITIONS`."""
    return (
        f'<svg width="100%" height="{HEIGHT}" role="img" aria-label="{said(label)}">'
        f"{''.join(_Drawing(life).all())}</svg>"
    )


class _Drawing:
    def __init__(self, life: Lived) -> None:
        self._life = life
        self._first, self._last = axis(life)

    def all(self) -> Iterator[str]:
        yield from self._hours()
        # What is short is drawn last, so that it is not covered by what is long.
        for segment in sorted(self._life.segments, key=lambda each: each.posture is not Posture.SITTING):
            yield self._segment(segment)
        for bout in self._life.long_bouts:
            yield from self._long_bout(self._life.on_axis(bout.start_at), bout.length)
        for reminder in self._life.reminders:
            yield self._reminder(reminder)
        for each in self._life.exercises:
            kind = "activation" if each.activation else "exercise"
            at = self._across(self._life.on_axis(each.start_at) + each.length / 2)
            yield f'<use class="done" href="#{kind}" x="{at}" y="{EXERCISE_AT}"/>'

    def _across(self, at: timedelta) -> str:
        return _percent((at - self._first) / (self._last - self._first))

    def _hours(self) -> Iterator[str]:
        at = self._first
        while at <= self._last:
            x, hour = self._across(at), self._life.clock(at).removesuffix(":00")
            kind = "hour" if at // _HOUR % 2 == 0 else "hour odd"
            anchor = "start" if at == self._first else "end" if at == self._last else "middle"
            yield f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{HOUR_AT - 16}"/>'
            yield f'<text class="{kind}" x="{x}" y="{HOUR_AT}" text-anchor="{anchor}">{hour}</text>'
            at += _HOUR

    def _segment(self, segment: Segment) -> str:
        height = HEIGHTS[segment.posture]
        sure = " not-sure" if segment.how in INFERRED else ""
        width = _percent(segment.length / (self._last - self._first))
        return (
            f'<rect class="{segment.posture.value}{sure}" x="{self._across(segment.at)}" y="{BASE - height}" '
            f'width="{width}" height="{height}"/>'
        )

    def _long_bout(self, at: timedelta, length: timedelta) -> Iterator[str]:
        ends = self._across(at), self._across(at + length)
        share = length / (self._last - self._first)
        yield f'<line class="long" x1="{ends[0]}" x2="{ends[1]}" y1="{LONG_AT}" y2="{LONG_AT}"/>'
        kind = next((kind for room, kind in ROOM if share >= room), "")
        if kind:
            middle = self._across(at + length / 2)
            yield (
                f'<text class="{kind}" x="{middle}" y="{LONG_SAID_AT}" text-anchor="middle">'
                f"{said(duration(length))}</text>"
            )

    def _reminder(self, reminder: PromptRow) -> str:
        x, y = self._across(self._life.on_axis(reminder.at)), LEVELS[_level(reminder) - 1]
        glyph = GLYPHS[-1 if reminder.outcome is None else _OUTCOMES.index(reminder.outcome)]
        return (
            f'<line class="stem" x1="{x}" x2="{x}" y1="{y}" y2="{BASE}"/>'
            f'<use class="reminder" href="#{glyph}" x="{x}" y="{y}"/>'
        )


def _level(reminder: PromptRow) -> int:
    return min(max(reminder.level, 1), 3) if reminder.kind is PromptKind.REMINDER else 1


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
