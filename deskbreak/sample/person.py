"""A made-up person: what they do in front of the screen, and how they answer what is put on it."""

from datetime import timedelta
from random import Random

from deskbreak.coach.library import by_id
from deskbreak.coach.sessions import LevelSet, Now
from deskbreak.core.commands import Button, Prompt, PromptKind
from deskbreak.core.events import (
    Answer,
    Answered,
    Event,
    Finished,
    Rated,
    Rating,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
)
from deskbreak.core.postures import Word
from deskbreak.daemon import correcting
from deskbreak.daemon.coaching import Rotation
from deskbreak.daemon.loop import Loop
from deskbreak.sample.desk import Desk, Errand

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Person:
    """`habit`, from 0 to 1, is how often they do what a reminder suggests."""

    def __init__(self, desk: Desk, rotation: Rotation, chance: Random) -> None:
        self.habit = 0.0
        self._desk = desk
        self._rotation = rotation
        self._chance = chance
        self._here = self._busy = self._moves = False
        self._left = 0
        desk.sees = self.sees

    def begins_a_day(self, chance: Random, habit: float) -> None:
        """The chances of one day change nothing on another."""
        self._chance = self._desk.chance = chance
        self.habit = habit

    @property
    def _free(self) -> bool:
        """At the desk, and neither in a call or a film nor on the floor."""
        return self._here and not self._busy and not self._moves

    # What they do by themselves.

    def comes(self) -> None:
        """Opens the lid, unlocks the screen and types."""
        self._here = True
        self._busy = self._moves = False
        self._desk.closed = self._desk.locked = False
        self._desk.typing = True
        self._desk.touch()

    def leaves(self) -> None:
        """Gets up, and leaves the screen as it is."""
        self._here = self._desk.typing = False
        self._left += 1

    def locks(self) -> None:
        self.leaves()
        self._desk.locked = True

    def closes_the_lid(self) -> None:
        self.leaves()
        self._desk.closed = True

    def reads(self) -> None:
        self._desk.typing = False

    def goes_on(self) -> None:
        if self._free:
            self._desk.typing = True
            self._desk.touch()

    def talks(self) -> None:
        """In a call, with the hands in the lap."""
        self.comes()
        self._desk.call, self._desk.typing, self._busy = True, False, True

    def hangs_up(self) -> None:
        self._desk.call = self._busy = False
        self.goes_on()

    def watches(self) -> None:
        self.comes()
        self._desk.film, self._desk.typing, self._busy = True, False, True

    def stops_watching(self) -> None:
        self._desk.film = self._busy = False
        self.goes_on()

    def stands(self) -> Event | None:
        return StoodUp() if self._here and not self._moves else None

    def sits(self) -> Event | None:
        return SatDown() if self._here else None

    def prepares_for_a_run(self) -> Event | None:
        return Started(primer=True) if self._free else None

    # What they tell the program.

    def says(self, word: Word, thinks_better_of_it: bool) -> Errand | None:
        """What a past time was; and takes it back after a while, maybe."""

        def says(loop: Loop) -> None:
            said = correcting.correct(loop, loop.world.clock.now(), word, sure=True)
            if said.ok and thinks_better_of_it:
                number = loop.world.log.said()[-1].number
                self._desk.later(6 * _MINUTE, lambda: takes_back(number))

        def takes_back(number: int) -> Errand:
            return lambda loop: correcting.take_back(loop, loop.world.clock.now(), number)

        return says if self._here else None

    def takes_the_next_level(self) -> Errand:
        """Of each family in which it is within reach."""

        def takes(loop: Loop) -> None:
            seen = loop.view(loop.world.clock.now())
            now = Now(loop.world.clock.now().wall, seen.day)
            for each in self._rotation.standings(now):
                if each.next is not None and each.offered:
                    loop.book(LevelSet(each.family, each.next.to, now.at, now.day))

        return takes

    # What they answer.

    def sees(self, prompt: Prompt) -> None:
        """Something is put on the screen."""
        if not self._here:
            return
        chance = self._chance
        match prompt.kind:
            case PromptKind.REMINDER:
                self._is_reminded(prompt)
            case PromptKind.STANDING:
                self._answers(prompt, SatDown(), _SECOND * chance.randint(5, 90))
            case PromptKind.RETURN if chance.random() < 0.7:
                answer = chance.choices((Answer.AWAY, Answer.SITTING, Answer.STANDING), (6, 3, 1))[0]
                offer = Button.WAS_AWAY not in prompt.buttons
                said = Answered(prompt.number, Answer.AS_IS if offer else answer)
                self._answers(prompt, said, _SECOND * chance.randint(3, 25))
            case PromptKind.EXERCISE_END if Button.EASY in prompt.buttons:
                if chance.random() < 0.88:
                    self._answers(
                        prompt, Rated(prompt.number, self._rating()), _SECOND * chance.randint(3, 20)
                    )
            case PromptKind.EXERCISE_END:
                self._does(prompt)
            case _:
                pass

    def _is_reminded(self, prompt: Prompt) -> None:
        chance, habit = self._chance, self.habit
        soon = _SECOND * chance.randint(3, 50)
        starts = habit * (1.15 - 0.15 * prompt.level)
        ways = (starts, 0.16, 0.1, 0.15 + habit / 10, max(0.6 - habit, 0.08))
        match chance.choices(("start", "snooze", "skip", "leave", "ignore"), ways)[0]:
            case "start":
                self._answers(prompt, Started(prompt.exercise), soon)
            case "snooze":
                self._answers(prompt, Snoozed(), soon)
            case "skip":
                self._answers(prompt, Skipped(), soon)
            case "leave":
                self._desk.later(soon, self._is_gone_for_a_while)
            case _:
                pass

    def _is_gone_for_a_while(self) -> None:
        if not self._free:
            return
        self.leaves()
        left = self._left

        def returns() -> None:
            # Meanwhile it may have become lunch.
            if self._left == left:
                self.comes()

        self._desk.later(_SECOND * self._chance.randint(150, 480), returns)

    def _answers(self, prompt: Prompt, said: Event, after: timedelta) -> None:
        def answer() -> Event | None:
            if not (self._here and self._desk.is_open(prompt.number)):
                return None
            if isinstance(said, Started) and by_id()[said.exercise or ""].switch:
                self._desk.later(_MINUTE * self._chance.randint(12, 34), self.sits)
            return said

        self._desk.later(after, answer)

    def _does(self, prompt: Prompt) -> None:
        """The movement that was started; not always to its end."""
        if not self._free:
            return
        seated = prompt.exercise in by_id() and by_id()[prompt.exercise or ""].seated
        takes = prompt.lasts * self._chance.uniform(0.95, 1.4)
        if self._chance.random() < 0.12:
            takes = prompt.lasts * self._chance.uniform(0.4, 0.8)
        self._desk.typing = False
        self._moves = True

        def ends() -> Event | None:
            if not (self._here and self._moves):
                return None
            self._moves = False
            self.goes_on()
            return Finished()

        self._desk.later(takes if seated else takes + 10 * _SECOND, ends)

    def _rating(self) -> Rating:
        ways = (3 + 8 * self.habit, 4, 1.2 - self.habit)
        return self._chance.choices((Rating.EASY, Rating.RIGHT, Rating.HARD), ways)[0]
