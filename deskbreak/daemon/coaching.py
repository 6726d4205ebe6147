"""The coach as the loop knows it: puts the situation together from all that is known, and has it judged."""

from dataclasses import replace
from datetime import date, timedelta

from deskbreak.coach.choose import Choice, choose
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.levels import Standing, standings
from deskbreak.coach.library import by_id, library
from deskbreak.coach.screening import Answers, outcome
from deskbreak.coach.sessions import Now
from deskbreak.coach.situation import History, Moment, Person, Room, Situation
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered, Unoffered
from deskbreak.core.postures import Posture
from deskbreak.daemon.memory import Memory, Named
from deskbreak.ports import DayTotals, Recorded


class Rotation:
    """`loop.Coach` over the library; `memory.offers` and `wording` outlive the program.

    `place` and `answers` (to the screening) are the person's, and may change at any time. `made` is the
    last choice that an offer came from.
    """

    def __init__(
        self, place: Room, memory: Memory | None = None, wording: int = 0, answers: Answers | None = None
    ) -> None:
        self.place = place
        self.answers = answers or Answers()
        self.memory = memory or Memory()
        self.wording = wording
        self.made: Choice | None = None
        self._stands: tuple[object, tuple[Standing, ...]] = (None, ())

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        self.memory.heed(booked)

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered | Unoffered:
        # The text of a break of the person's own is none of the pools': it must not use up their turns.
        self.wording += not suggest.own
        wanted = by_id().get(suggest.wanted or "")
        if wanted is None:
            self.made = choice = self.choice(suggest, today)
            exercise, length = choice.pick, choice.length
        else:
            exercise, length = wanted, _within(wanted, suggest.available)
        if exercise is None:
            return Unoffered(suggest.number, self.wording)
        self.memory.offer(Named(suggest.number, exercise.id, wanted is not None))
        return Offered(suggest.number, exercise.id, self.wording, length, exercise.seated, exercise.switch)

    def choice(self, suggest: Suggest, today: DayTotals) -> Choice:
        """What is picked for this, and how; nothing is remembered of it."""
        known = by_id()
        now = Now(suggest.at, suggest.day)
        spent = dict(today.by_posture)
        room = replace(self.place, quiet=self.place.quiet or suggest.quiet)
        if suggest.available is not None:
            room = replace(room, available=suggest.available)
        moment = Moment(
            bout=suggest.count,
            sat=spent.get(Posture.SITTING, timedelta()),
            stood=spent.get(Posture.STANDING, timedelta()),
            standing=suggest.standing,
            stood_ago=self.memory.stood_ago(now),
            on_call=suggest.on_call,
        )
        history = History(self.memory.came(), self.memory.done(known, now))
        return choose(known, Situation(room, moment, history, self._person(known, now), suggest.easier))

    def _person(self, known: dict[str, Exercise], now: Now) -> Person:
        stands = self._standings(known, now)
        return Person(
            levels={each.family: each.level for each in stands},
            resting=frozenset(
                each.family for each in stands if each.rests_until is not None and each.rests_until > now.at
            ),
            excluded=outcome(self.answers, known).excluded,
            hidden=frozenset(known) - {each.id for each in library()},
        )

    def _standings(self, known: dict[str, Exercise], now: Now) -> tuple[Standing, ...]:
        """Worked out anew when the day, the record or the library changed: all that was ever done counts."""
        key: tuple[date, int, int] = (now.day, self.memory.version, id(known))
        if self._stands[0] != key:
            self._stands = key, standings(self.memory.sessions, known, now)
        return self._stands[1]


def _within(exercise: Exercise, available: timedelta | None) -> timedelta:
    whole = exercise.dose.total
    return whole if available is None or exercise.switch else min(whole, available)
