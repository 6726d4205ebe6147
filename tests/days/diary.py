"""Writes down what the program shows, books and answers, and why, in lines that anybody can read."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from deskbreak.core.commands import (
    Decision,
    Outcome,
    PromptKind,
    PromptRow,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Rule,
    Uncorrect,
)
from deskbreak.core.postures import BreakKind, Posture, Stamp
from deskbreak.daemon import status
from deskbreak.daemon.loop import Loop
from deskbreak.ports import Card, Choose, Recorded
from deskbreak.store.log import SqliteLog
from tests.days.told import Act, clock, length

_LEVELS = {1: "soft", 2: "firm", 3: "last"}
_STANDING_LEVELS = {1: "gentle", 2: "firmer"}
_RULES = {
    Rule.LIMIT: "the limit is reached",
    Rule.LADDER: "the one before went unanswered",
    Rule.SNOOZE_ENDED: "the snooze has ended",
    Rule.AFTER_SKIP: "another limit was sat since",
    Rule.AFTER_HOLD: "it was held, and the hold is over",
    Rule.HOLD_TOO_LONG: "the hold has lasted too long",
    Rule.STANDING: "the limit of standing is reached",
    Rule.STILL_STANDING: "standing was said long ago",
    Rule.ASKED: "it was asked for",
    Rule.RETURNED: "somebody is back from a quiet time",
    Rule.RUN: "a run is near",
    Rule.EVENING: "the work of the day is over",
}
_BEFORE = datetime(2025, 1, 1, tzinfo=UTC)
_AFTER = datetime(2026, 1, 1, tzinfo=UTC)


class Diary:
    """Lines of one turn of the loop belong to one moment; acts stand at the margin."""

    def __init__(self, time: Callable[[], timedelta], zone: tzinfo) -> None:
        self._time = time
        self._zone = zone
        self.lines: list[str] = []
        self._cards: dict[int, Card] = {}
        self._withdrawn: list[int] = []
        self._outcomes: dict[int, Outcome | None] = {}
        self._breaks: set[tuple[int, BreakKind]] = set()

    def act(self, act: Act) -> None:
        self.lines.append(act.line)

    def note(self, *lines: str) -> None:
        """What the program did now; further lines say more about the first."""
        first, *rest = lines
        self.lines.append(f"    {clock(self._time())}  {first}")
        self.lines += [f"              {line}" for line in rest]

    def shown(self, card: Card) -> None:
        before = self._cards.get(card.number)
        self._cards[card.number] = card
        if before is None or card.number not in self._outcomes:
            return
        changed = () if _words(card) == _words(before) else (_words(card),)
        self.note(f"shown again  {_buttons(card)}", *changed)

    def withdrawn(self, number: int) -> None:
        self._withdrawn.append(number)

    def booked(self, rows: Sequence[Recorded]) -> None:
        for one in rows:
            match one:
                case RecordPrompt(row):
                    self._prompt(row)
                case RecordBreak(pause) if (pause.spell, pause.kind) not in self._breaks:
                    self._breaks.add((pause.spell, pause.kind))
                    self.note(f"a break: {pause.kind.value} since {self._named(pause.start_at)}")
                case RecordExercise(row) if row.rating is not None:
                    self.note(f"{row.exercise} was {row.rating.value}")
                case RecordExercise(row):
                    what = "activation" if row.activation else "exercise"
                    self.note(f"booked as {what}: {row.exercise}, {length(row.length)}")
                case RecordCorrection(said):
                    until = said.start_at + said.length
                    self.note(
                        f"believed: {said.posture.value}"
                        f" from {self._named(said.start_at)} to {self._named(until)}"
                    )
                case Uncorrect():
                    self.note("not believed any more")
                case _:
                    pass

    def turns(self) -> None:
        """At the end of every turn of the loop."""
        for number in self._withdrawn:
            outcome = self._outcomes.get(number)
            if outcome is None and number in self._outcomes:
                self.note("taken off the screen")
        self._withdrawn.clear()
        self._note_own_cards()

    def _note_own_cards(self) -> None:
        for number, card in self._cards.items():
            if number not in self._outcomes:
                # Cards that the log has no row for: the end of an exercise.
                self._outcomes[number] = Outcome.STARTED
                self.note(f"card  {_buttons(card)}", _words(card))

    def answered(self, reply: Mapping[str, object]) -> None:
        self._note_own_cards()
        self.note(f"answer: {reply['says']}")

    def menu(self, rows: Sequence[Choose]) -> None:
        """The top of the menu, above what can always be chosen."""
        top = [row.label for row in rows]
        self.note("menu: " + " | ".join(top[: top.index("Take a break now")]))

    def totals(self, log: SqliteLog, loop: Loop, now: Stamp) -> None:
        view = loop.view(now)
        totals = loop.totals(view)
        spent = dict(totals.by_posture)
        self.note("the day: " + ", ".join(f"{p.value} {length(spent.get(p, timedelta()))}" for p in Posture))
        breaks = ", ".join(f"{number} {kind.value}" for kind, number in totals.breaks if number)
        self.lines.append(
            f"              breaks: {breaks or 'none'}; longest sitting {length(totals.longest)}"
        )
        prompts = [
            p for p in log.prompts(_BEFORE, _AFTER) if p.kind in (PromptKind.REMINDER, PromptKind.STANDING)
        ]
        counted = Counter("open" if p.outcome is None else p.outcome.value for p in prompts)
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items()))
        self.lines.append(f"              reminders: {told or 'none'}")
        self.lines.append(f"              status: {status.says(view, totals, (), now)}")

    def _prompt(self, row: PromptRow) -> None:
        new = row.number not in self._outcomes
        before = self._outcomes.get(row.number)
        self._outcomes[row.number] = row.outcome
        if row.outcome is Outcome.HELD and new:
            self.note(f"held: {_name(row)}", *self._why(row.decision))
        elif row.outcome is not None and row.outcome is not before:
            self.note(f"the {_noun(row)} is {row.outcome.value}")
        elif row.outcome is None and before is not None:
            self.note(f"the {_noun(row)} is open again")
        elif new:
            card = self._cards[row.number]
            self.note(f"{_name(row)}  {_buttons(card)}".rstrip(), _words(card), *self._why(row.decision))

    def _why(self, decision: Decision | None) -> tuple[str, ...]:
        if decision is None:
            return ()
        said = [f"why: {_RULES[decision.rule]}", f"{length(decision.count)} of {length(decision.limit)}"]
        if decision.waited:
            said.append(f"waited {length(decision.waited)}")
        if decision.idle is not None:
            said.append(f"last input {length(decision.idle)} ago")
        if decision.holds:
            since = "" if decision.held_since is None else f" since {self._named(decision.held_since)}"
            said.append("held by " + " and ".join(hold.value for hold in decision.holds) + since)
        return ("; ".join(said),)

    def _named(self, at: datetime) -> str:
        return at.astimezone(self._zone).time().isoformat("seconds")


def _name(row: PromptRow) -> str:
    match row.kind:
        case PromptKind.REMINDER:
            return f"{_LEVELS[row.level]} reminder"
        case PromptKind.STANDING if row.decision and row.decision.rule is Rule.STILL_STANDING:
            return "question"
        case PromptKind.STANDING:
            return f"{_STANDING_LEVELS[row.level]} standing reminder"
        case PromptKind.PRIMER:
            return "primer"
        case PromptKind.EVENING:
            return "summary"
        case _:
            return "question"


def _noun(row: PromptRow) -> str:
    if row.kind is PromptKind.PRIMER:
        return "primer"
    return "question" if row.kind in (PromptKind.RETURN, PromptKind.EXERCISE_END) else "reminder"


def _buttons(card: Card) -> str:
    return " ".join(f"[{button.label}]" for button in card.buttons)


def _words(card: Card) -> str:
    return f'"{card.title}" "{card.body}"'
