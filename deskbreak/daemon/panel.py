"""The tray's picture of the moment: icon, title and menu, every row with the event it stands for."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from deskbreak.coach.levels import Standing
from deskbreak.coach.screening import Answers, Question, Region
from deskbreak.core.commands import Button, Prompt, PromptKind
from deskbreak.core.events import (
    AskedAnother,
    Event,
    Finished,
    Paused,
    Resumed,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import Posture, Stamp, Stretch
from deskbreak.core.rules import Rules
from deskbreak.core.view import View
from deskbreak.daemon import cards
from deskbreak.daemon.status import breaks
from deskbreak.ports import (
    Choose,
    DayTotals,
    Errand,
    Face,
    KeepAnswers,
    MenuRow,
    Picture,
    Separator,
    ShowHow,
    TakeLevel,
    Was,
)
from deskbreak.words import _, menu
from deskbreak.words.durations import duration
from deskbreak.words.levels import offer_row
from deskbreak.words.screening import IN_SHORT, in_short


def _minutes(*lengths: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=length) for length in lengths)


_HERE_FOR = _minutes(30, 60, 120)
_SNOOZE_FOR = _minutes(5, 10, 15, 30, 60)
_PAUSE_FOR = _minutes(30, 60, 120)


def picture(
    view: View,
    totals: DayTotals,
    rules: Rules,
    faults: Sequence[str],
    now: Stamp,
    offered: Sequence[Standing] = (),
    answers: Answers | None = None,
) -> Picture:
    """All that the tray shows now; `totals` holds the whole day, what is not booked yet included.

    `offered` are the families in which the next level may be taken, `answers` those to the screening; None:
    there are none yet.
    """
    line = menu.state_line(view, now)
    rows = tuple(_rows(view, totals, rules, now, (*_levels(offered), _health(answers))))
    return Picture(face(view, bool(faults)), f"deskbreak: {line}", rows)


def face(view: View, fault: bool) -> Face:
    """What the icon shows; the ring is the share of the limit while sitting and empty else."""
    share = view.count / view.limit if view.posture is Posture.SITTING and view.limit else 0.0
    return Face(
        posture=view.posture,
        share=min(1.0, max(0.0, share)),
        due=view.open is not None,
        silent=bool(view.paused_until or view.hold or view.snoozed_until_at),
        tracking=view.tracking,
        fault=fault or (view.blind and view.tracking),
    )


def _rows(
    view: View, totals: DayTotals, rules: Rules, now: Stamp, coach: tuple[MenuRow, ...]
) -> Iterator[MenuRow]:
    state = Choose(menu.state_line(view, now))
    # What was forgotten stands before what can wait (rules.md section 5).
    forgotten = menu.forgotten_dnd(view, now)
    if forgotten:
        yield state
    yield from _question(view, rules, now)
    if view.open is not None:
        yield from _open(view.open, rules)
        yield Separator()
    elif view.exercise is not None:
        yield Choose(menu.done_label(view.exercise), Finished())
        yield Choose(_("Show me how"), ShowHow(view.exercise))
        yield Separator()
    if not forgotten:
        yield state
    yield Choose(_today(totals))
    yield Separator()
    yield Choose(_("Take a break now"), Started())
    yield Choose(_("Another suggestion"), AskedAnother())
    yield Choose(_("Before a run"), Started(primer=True))
    if view.posture is Posture.STANDING:
        yield Choose(_("I'm sitting"), SatDown())
    else:
        yield Choose(_("I'm standing"), StoodUp())
    yield Choose(menu.reading_label(view, now), rows=_lengths(_HERE_FOR, SaidHere))
    yield Choose(menu.was_label(view, now), rows=_was(view.finished))
    yield Choose(_("Snooze"), rows=_lengths(_SNOOZE_FOR, Snoozed))
    yield _pause(view)
    if view.tracking:
        yield Choose(_("Stop tracking"), TrackingStopped())
    else:
        yield Choose(_("Track again"), Resumed())
    yield _undo(view)
    yield Separator()
    yield from coach
    yield Choose(_("Today"), Errand.TODAY)
    yield Choose(_("Settings"), Errand.SETTINGS)
    yield Choose(_("Quit"), Errand.QUIT)


def _open(opened: Prompt, rules: Rules) -> Iterator[MenuRow]:
    if Button.WAS_UP in opened.buttons:
        yield _button(Button.WAS_UP, opened, rules)
    yield Choose(menu.start_label(opened.exercise), Started(opened.exercise))
    if opened.kind is PromptKind.PRIMER:
        yield from (_button(each, opened, rules) for each in opened.buttons if each is not Button.START)
        return
    if Button.SIT in opened.buttons:
        yield Choose(_("I'm sitting"), SatDown())
    yield Choose(_("Snooze {length}").format(length=duration(rules.snooze)), Snoozed())
    yield Choose(_("Skip"), Skipped())


def _question(view: View, rules: Rules, now: Stamp) -> Iterator[MenuRow]:
    asked = view.question
    if asked is None:
        return
    rows = tuple(_button(button, asked, rules) for button in asked.buttons)
    yield Choose(menu.question_label(view, now), rows=rows)
    yield Separator()


def _button(button: Button, prompt: Prompt, rules: Rules) -> Choose:
    return Choose(cards.label(button, rules), cards.choice(button, prompt))


def _levels(offered: Sequence[Standing]) -> Iterator[MenuRow]:
    for standing in offered:
        if standing.next is not None:
            yield Choose(offer_row(standing), TakeLevel(standing.family, standing.next.to))


def _health(answers: Answers | None) -> MenuRow:
    """The seven questions; a mark is a yes, and a click the other answer."""
    yes = frozenset[Question]() if answers is None else answers.yes
    regions = frozenset[Region]() if answers is None else answers.regions
    rows = tuple(
        Choose(in_short(each), KeepAnswers(_answered(yes ^ {each}, regions)), checked=each in yes)
        for each in Question
    )
    none = Choose(_("None of these"), KeepAnswers(Answers()), checked=answers is not None and not yes)
    return Choose(_("Health questions"), rows=(Choose(IN_SHORT), Separator(), *rows, none))


def _answered(yes: frozenset[Question], regions: frozenset[Region]) -> Answers:
    return Answers(yes, regions if Question.JOINTS in yes else frozenset())


def _was(finished: Stretch | None) -> tuple[MenuRow, ...]:
    """How the person may say that they spent what is over."""
    if finished is None:
        return ()
    return (
        Choose(_("Away"), Was(finished.began, finished.ended, Posture.AWAY)),
        Choose(_("Sitting"), Was(finished.began, finished.ended, Posture.SITTING)),
        Choose(_("Standing"), Was(finished.began, finished.ended, Posture.STANDING)),
        Choose(_("Moving"), Was(finished.began, finished.ended, Posture.MOVING)),
    )


def _today(totals: DayTotals) -> str:
    sitting = dict(totals.by_posture).get(Posture.SITTING, timedelta())
    return menu.today_line(sitting, breaks(totals), totals.longest)


def _pause(view: View) -> Choose:
    # While nothing is tracked "resume" would end that, and not the pause.
    if view.paused_until is not None and view.tracking:
        return Choose(_("Resume"), Resumed())
    return Choose(
        _("Pause"),
        rows=(
            *_lengths(_PAUSE_FOR, Paused),
            Choose(_("until tomorrow"), Paused(Until.TOMORROW)),
            Choose(_("indefinitely"), Paused(Until.INDEFINITELY)),
        ),
    )


def _undo(view: View) -> Choose:
    # A row that is grey, and not one that is missing, lets the open menu keep its rows.
    if view.undoable is None:
        return Choose(_("Undo"))
    return Choose(_("Undo: {what}").format(what=menu.undo_label(view.undoable)), Undid())


def _lengths(lengths: tuple[timedelta, ...], choice: Callable[[timedelta], Event]) -> tuple[MenuRow, ...]:
    return tuple(Choose(duration(length), choice(length)) for length in lengths)
