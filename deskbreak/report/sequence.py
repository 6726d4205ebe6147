"""The primer before a run as a page: its exercises one after the other, guided as a single one is."""

from collections.abc import Iterator
from datetime import timedelta

from deskbreak.coach.library import Library
from deskbreak.coach.primer import Primer
from deskbreak.report.course import Kind, Stage
from deskbreak.report.markup import listed, paragraph, said, section
from deskbreak.report.parts import Part, parts
from deskbreak.report.plan import Planned, plan, planned, tempo
from deskbreak.report.player import SCRIPTS, STYLES, player, safety
from deskbreak.report.sheet import sheet
from deskbreak.report.vector import ornament
from deskbreak.words import _, ngettext
from deskbreak.words.durations import duration
from deskbreak.words.exercises import amount_in_full
from deskbreak.words.exercises import primer as title
from deskbreak.words.safety import DISCLAIMER

_MINUTE = timedelta(minutes=1)
_RUN = (
    _("Run the first 5-10 minutes easy."),
    _("For the first five, feel the buttock of the leg that goes back."),
)


def sequence(primer: Primer, library: Library) -> str:
    """The page, for a file of UTF-8; `library` knows every exercise of the primer."""
    made = parts(primer, library)
    drawn = {part.exercise.id: part.exercise for part in made}
    beaten = any(part.step.beats for part in made)
    heading = '<p class="number" id="number"></p>\n<h2 class="name" id="name"></h2>\n'
    body = (
        f'{_header(primer)}<main class="sequence">\n{player(drawn.values(), heading, _whole(), beaten)}'
        f'<div class="words">\n{"".join(_words(made))}</div>\n</main>\n'
        f"<footer>{paragraph(DISCLAIMER)}</footer>\n"
    )
    steps = (_step(part, number, len(made), [*drawn]) for number, part in enumerate(made, 1))
    stages = (stage for n, part in enumerate(made) for stage in _stages(part, n))
    return sheet(
        title(primer.kind), body, (*STYLES, "sequence.css"), SCRIPTS, plan(stages, steps, " ".join(_RUN))
    )


def _header(primer: Primer) -> str:
    count = len(primer.steps)
    exercises = ngettext("{count} exercise", "{count} exercises", count).format(count=count)
    kinds = " · ".join((_("Before a run"), _exactly(primer.length), exercises))
    return (
        f'<header class="brief">\n<p class="kinds">{said(kinds)}</p>\n<h1>{said(title(primer.kind))}</h1>\n'
        f'<p class="before">{said(_("Skip the primer if anything hurts."))} '
        f'<a href="#stop">{said(_("When to stop"))}</a></p>\n</header>\n'
    )


def _whole() -> str:
    label = said(_("left in all"))
    return f'<p class="whole"><span id="whole" role="timer"></span> <span class="unit">{label}</span></p>\n'


def _words(made: tuple[Part, ...]) -> Iterator[str]:
    yield f'<p class="cue" id="cue">{said(_(made[0].exercise.cue))}</p>\n'
    note = _("Where a step gives another number, the one below the name counts.")
    entries = "".join(f"<li>{_entry(part)}</li>\n" for part in made)
    yield section(
        ngettext("The exercise", "The exercises", len(made)),
        f'<p class="note">{said(note)}</p>\n<ol class="entries" id="entries">\n{entries}</ol>\n',
    )
    yield section(_("Then run"), "".join(map(paragraph, _RUN)))
    yield safety()


def _entry(part: Part) -> str:
    exercise = part.exercise
    how = listed("ol", map(_, exercise.steps))
    if exercise.mistakes:
        how += f"<h3>{said(_('Avoid'))}</h3>{listed('ul', map(_, exercise.mistakes))}"
    if exercise.cautions:
        how += f"<h3>{said(_('Take care'))}</h3>{listed('ul', map(_, exercise.cautions))}"
    return (
        f'<details><summary><span class="thumb">{ornament(exercise)}</span>'
        f'<span class="what"><span class="called">{said(_(exercise.name))}</span> '
        f'<span class="amount">{said(_amount(part))}</span></span> '
        f'<span class="takes">{said(_exactly(part.step.length))}</span></summary>'
        f'<div class="how"><p class="told">{said(_(exercise.cue))}</p>{how}</div></details>'
    )


def _step(part: Part, number: int, count: int, drawn: list[str]) -> Planned:
    return {
        "number": _("Exercise {number} of {count}").format(number=number, count=count) if count > 1 else "",
        "cue": _(part.exercise.cue),
        "figure": drawn.index(part.exercise.id),
    }


def _stages(part: Part, step: int) -> Iterator[Planned]:
    name = _(part.exercise.name)
    for n, stage in enumerate(part.stages):
        ready = stage.kind is Kind.READY
        heading = _("Next: {name}").format(name=name) if ready and step else name
        label = _label(part, stage)
        aloud = label if n else f"{heading}. {label}"
        yield {**planned(stage, label, aloud, step, shows=ready), "heading": heading}


def _label(part: Part, stage: Stage) -> str:
    if stage.kind is Kind.CHANGE:
        return _("Change sides")
    if stage.beats is not None:
        return tempo(stage.beats)
    if stage.side:
        return _("First side") if stage.side == 1 else _("Second side")
    if stage.in_turn:
        return _("Change sides each time")
    return _sentence(_amount(part))


def _amount(part: Part) -> str:
    if part.step.goes_on:
        return _("at an easy pace")
    if not part.step.beats:
        return amount_in_full(part.exercise)
    first, last = part.step.beats[0].beats, part.step.beats[-1].beats
    if first == last:
        return tempo(first)
    return _("{slow}, then up to {fast}").format(slow=tempo(first), fast=tempo(last))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _exactly(length: timedelta) -> str:
    """`50 s`, `7 min`, `2 min 15 s`: nothing is cut."""
    minutes, seconds = length // _MINUTE * _MINUTE, length % _MINUTE
    return " ".join(duration(part) for part in (minutes, seconds) if part)
