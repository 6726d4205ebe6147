"""The coach as the loop knows it: puts the situation together from all that is known, and has it judged."""

from dataclasses import replace
from datetime import date, timedelta

from deskbreak.coach.bars import Bar, personal
from deskbreak.coach.choose import Choice, choose
from deskbreak.coach.doses import grown, tempo
from deskbreak.coach.exercise import Exercise, Family
from deskbreak.coach.levels import Standing, standings
from deskbreak.coach.library import Library, by_id, chosen, library, put_doses_in_force
from deskbreak.coach.primer import Primer, id_of, kind, primer
from deskbreak.coach.screening import Answers, outcome
from deskbreak.coach.sessions import Now
from deskbreak.coach.situation import History, Moment, Person, Room, Situation, Where
from deskbreak.coach.slots import Kind
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Offered, Unoffered
from deskbreak.core.postures import Posture
from deskbreak.daemon.memory import Memory, Named
from deskbreak.ports import DayTotals, Recorded
from deskbreak.settings import Settings


def place(settings: Settings) -> Room:
    where = Where(settings.place.value)
    return Room(settings.floor, settings.discreet, settings.standing_desk, where)


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
        self._stands: tuple[Standing, ...] = ()
        self._caught_up: tuple[date, int, Library] | None = None

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        self.memory.heed(booked)

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered | Unoffered:
        self.catch_up(Now(suggest.at, suggest.day))
        if suggest.primer:
            return self._offer_primer(suggest, today)
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
        now = Now(suggest.at, suggest.day)
        self.catch_up(now)
        known = by_id()
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
        return choose(known, Situation(room, moment, history, self._person(now), suggest.easier))

    def against(self, exercise: str, now: Now) -> Bar | None:
        """What the person's own days say against one that they name: a rest, its level, or the day's load."""
        self.catch_up(now)
        known, bars = by_id(), frozenset[Bar]()
        if exercise in known:
            history = History(done=self.memory.done(known, now))
            bars = frozenset(
                personal(known[exercise], known, Situation(history=history, person=self._person(now)))
            )
        return next((each for each in (Bar.RESTING, Bar.LEVEL, Bar.LOAD) if each in bars), None)

    def primer(self, which: Kind, now: Now) -> Primer | None:
        """The minutes before a run for this person; None where they may do nothing of it."""
        self.catch_up(now)
        known = by_id()
        beats = tempo(self.memory.sessions, chosen().known, self._person(now).level(Family.SQUEEZE))
        return primer(which, self.place.lying, known, self._person(now), self.memory.done(known, now), beats)

    def primer_for(self, today: DayTotals) -> Kind:
        """Which one a day with so much sitting asks for."""
        return kind(dict(today.by_posture).get(Posture.SITTING, timedelta()))

    def standings(self, now: Now) -> tuple[Standing, ...]:
        """Every family's, in the order of `Family`."""
        self.catch_up(now)
        return self._stands

    def catch_up(self, now: Now) -> None:
        """Levels and doses as they are by now: all that was ever done counts.

        They are worked out anew when the day, the record or the library changed.
        """
        key = now.day, self.memory.version, chosen()
        if self._caught_up is None or self._caught_up[:2] != key[:2] or self._caught_up[2] is not key[2]:
            known = chosen().known
            self._stands = standings(self.memory.entries, known, now)
            squeezes = next(each.level for each in self._stands if each.family is Family.SQUEEZE)
            put_doses_in_force(grown(known, self.memory.sessions, squeezes))
            self._caught_up = key

    def _offer_primer(self, suggest: Suggest, today: DayTotals) -> Offered | Unoffered:
        made = self.primer(self.primer_for(today), Now(suggest.at, suggest.day))
        if made is None:
            return Unoffered(suggest.number, self.wording)
        return Offered(
            suggest.number, id_of(made.kind), self.wording, made.length, seated=False, switch=False
        )

    def _person(self, now: Now) -> Person:
        stands, known = self._stands, by_id()
        return Person(
            levels={each.family: each.level for each in stands},
            resting=frozenset(
                each.family for each in stands if each.rests_until is not None and each.rests_until > now.at
            ),
            excluded=outcome(self.answers, known).excluded,
            hidden=frozenset(known) - {each.id for each in library()},
        )


def _within(exercise: Exercise, available: timedelta | None) -> timedelta:
    whole = exercise.dose.total
    return whole if available is None or exercise.switch else min(whole, available)
