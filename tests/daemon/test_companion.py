"""What the program does around the loop: it says what is wrong once, answers requests, and ends in order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from deskbreak.coach.screening import Answers
from deskbreak.core.events import Answer, Answered, Reading, Started, StoodUp, Undelivered
from deskbreak.core.postures import Posture
from deskbreak.core.state import fresh
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.companion import Companion
from deskbreak.daemon.loop import Loop, QueueInbox, World
from deskbreak.daemon.memory import Memory
from deskbreak.daemon.surroundings import Surroundings
from deskbreak.daemon.wire import Asked, Query, Reply, Request
from deskbreak.errors import DeskbreakError
from deskbreak.ports import Card, Choose, Picture
from deskbreak.settings import Fault, Settings
from deskbreak.store.screening import Kept
from tests.fakes import MONDAY, FakeCalendar, FakeClock, FakeLog

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FILE = Path("/home/somebody/.config/deskbreak/settings.toml")
FAULT = Fault(FILE, 2, "sit_limit", "must be a duration")
NO_PATIENCE = timedelta(0)
NO_TRAY = "no tray icon: start a panel"


class FakeDesk:
    """Sensor, notifier and display in one: what the person does, and what they see."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._typed = clock.awake
        self.cards: list[Card] = []
        self.picture: Picture | None = None

    def types(self) -> None:
        self._typed = self._clock.awake

    def read(self) -> Reading:
        return Reading(idle=self._clock.awake - self._typed)

    def listen(self, next_input: bool) -> None:
        pass

    def show(self, seen: Card | Picture) -> None:
        if isinstance(seen, Card):
            self.cards.append(seen)
        else:
            self.picture = seen

    def withdraw(self, number: int) -> None:
        pass

    def first_row(self) -> str:
        assert self.picture is not None
        row = self.picture.rows[0]
        assert isinstance(row, Choose)
        return row.label


class Stage:
    """The loop and its companion over fakes; `missing_tray`, `reloaded` are what the surroundings say."""

    def __init__(
        self,
        faults: tuple[Fault, ...] = (),
        settings: Settings | None = None,
        memory: Memory | None = None,
        kept: Kept | None = None,
    ) -> None:
        settings = settings or Settings()
        self.clock = FakeClock()
        self.desk = FakeDesk(self.clock)
        self.log = FakeLog()
        self.said: list[str] = []
        self.guides: list[str] = []
        self.backups: list[datetime] = []
        self.missing_tray: str | None = None
        self.unwritable: DeskbreakError | None = None
        self.reloaded: tuple[Settings, tuple[Fault, ...]] = (settings, ())
        self.kept = kept or Kept(Answers())
        inbox = QueueInbox()
        self.inbox = inbox
        self.rotation = rotation = Rotation(place(settings), memory)
        around = Surroundings(
            missing=lambda: () if self.missing_tray is None else (self.missing_tray,),
            no_tray=lambda: self.missing_tray,
            reload=lambda: self.reloaded,
            screening=lambda: self.kept,
            keep=self.keeps,
            change=self.changes,
            open_settings=lambda: None,
            show_how=self.guides.append,
            show_today=lambda: self.guides.append("today"),
            back_up=lambda: self.backups.append(self.clock.now().wall),
            say=self.said.append,
            slept_soundly=lambda: None,
            check_door=lambda: None,
            examined=lambda: {"tray": self.missing_tray},
        )
        companion = Companion(
            self.desk, lambda: FakeCalendar(self.clock, inbox.put), rotation, settings, faults, (), around
        )
        world = World(self.clock, inbox, self.desk, self.desk, self.log, rotation)
        self.loop = Loop(world, companion, fresh(self.clock.now()), settings.rules())
        companion.began(self.loop)
        self.loop.turn(None)

    def changes(self, key: str, value: object) -> None:
        if self.unwritable is not None:
            raise self.unwritable
        self.reloaded = replace(self.reloaded[0], **{key: value}), ()  # type: ignore[arg-type]

    def keeps(self, answers: Answers) -> None:
        if self.unwritable is not None:
            raise self.unwritable
        self.kept = Kept(answers)

    def row(self, label: str) -> Choose:
        """This row of the menu, or of one below it."""
        assert self.desk.picture is not None
        rows = [each for each in self.desk.picture.rows if isinstance(each, Choose)]
        rows += [inner for each in rows for inner in each.rows if isinstance(inner, Choose)]
        return next(each for each in rows if each.label == label)

    def clicks(self, label: str) -> None:
        self.loop.turn(self.row(label).choice)

    def works(self, length: timedelta) -> None:
        """Types all the time, with a turn of the loop each second."""
        for _second in range(length // SECOND):
            self.clock.passes(SECOND)
            self.desk.types()
            self.loop.turn(self.inbox.get(NO_PATIENCE))

    def is_quiet(self, length: timedelta) -> None:
        """Nobody touches anything, with a turn of the loop each second."""
        for _second in range(length // SECOND):
            self.clock.passes(SECOND)
            self.loop.turn(self.inbox.get(NO_PATIENCE))

    def says_after_quiet(self, answer: Answer) -> None:
        """Comes back after 6 min of quiet, and answers the question about it."""
        self.is_quiet(6 * MINUTE)
        self.works(MINUTE)
        self.answers(answer)

    def answers(self, answer: Answer) -> None:
        question = self.loop.state.question
        assert question is not None
        self.loop.turn(Answered(question.prompt.number, answer))

    def asks(self, request: object) -> Mapping[str, object]:
        answers: list[Mapping[str, object]] = []
        assert isinstance(request, Request)
        self.loop.turn(Asked(request, Reply(answers.append)))
        (answer,) = answers
        return answer


@pytest.fixture
def stages() -> list[Stage]:
    return []


@pytest.fixture
def stage(stages: list[Stage]) -> Stage:
    stages.append(Stage())
    return stages[0]


def test_faults_of_the_settings_are_shown_on_one_card_with_the_files_name(stages: list[Stage]) -> None:
    stages.append(Stage(faults=(FAULT,)))

    stages[0].works(MINUTE)

    (card,) = stages[0].desk.cards
    assert card.title == "deskbreak needs a look"
    assert card.body == "settings.toml:2: sit_limit: must be a duration"
    status = stages[0].asks(Query.STATUS)["status"]
    assert isinstance(status, Mapping)
    assert status["faults"] == [str(FAULT)]


def test_no_tray_is_said_on_a_card_after_a_minute_and_only_once(stage: Stage) -> None:
    stage.missing_tray = NO_TRAY

    stage.works(59 * SECOND)
    before = list(stage.desk.cards)
    stage.works(3 * MINUTE)

    assert before == []
    assert [(card.title, card.body) for card in stage.desk.cards] == [("No tray icon", NO_TRAY)]


def test_a_tray_that_came_within_the_minute_is_not_missed(stage: Stage) -> None:
    stage.missing_tray = NO_TRAY

    stage.works(50 * SECOND)
    stage.missing_tray = None
    stage.works(2 * MINUTE)

    assert stage.desk.cards == []


def test_a_reload_of_a_faulty_file_changes_nothing_and_says_so(stage: Stage) -> None:
    stage.reloaded = (Settings(sit_limit=10 * MINUTE), (FAULT,))

    answer = stage.asks(Query.RELOAD)

    assert answer["ok"] is False
    assert answer["says"] == f"The settings stay as they were:\n{FAULT}"
    assert stage.loop.rules.sit_limit == 30 * MINUTE


def test_a_reload_puts_a_good_file_in_force(stage: Stage) -> None:
    stage.reloaded = (Settings(sit_limit=10 * MINUTE), ())

    answer = stage.asks(Query.RELOAD)

    assert (answer["ok"], answer["says"]) == (True, "The settings are in force.")
    assert stage.loop.rules.sit_limit == 10 * MINUTE


def test_an_orderly_end_leaves_no_second_of_sitting_out_of_the_log(stage: Stage) -> None:
    stage.works(2 * MINUTE + 20 * SECOND)
    before = sum((row.length for row in stage.log.rows), 0 * SECOND)

    answer = stage.asks(Query.QUIT)

    assert answer["ok"] is True
    assert before < 2 * MINUTE + 10 * SECOND
    assert [row.posture for row in stage.log.rows] == [Posture.SITTING]
    assert stage.log.rows[0].end_at == stage.clock.wall


def test_a_reminder_that_nothing_took_is_said_once_in_the_terminal(stages: list[Stage]) -> None:
    stages.append(Stage(settings=Settings(sit_limit=MINUTE)))
    stages[0].works(5 * MINUTE)
    (card,) = stages[0].desk.cards

    stages[0].loop.turn(Undelivered(card.number))
    stages[0].works(MINUTE)

    assert stages[0].said == [
        f"{card.title}. {card.body}",
        "Answer with: deskbreak break, deskbreak snooze or deskbreak skip",
    ]
    assert stages[0].desk.first_row().startswith("Start ")


def test_the_menu_follows_what_was_said(stage: Stage) -> None:
    stage.works(MINUTE)

    answer = stage.asks(StoodUp())

    assert answer["says"] == "You are standing. The sitting count is back to 0."
    assert stage.desk.first_row().startswith("Standing ")


def test_the_question_on_return_is_a_card_with_its_four_answers(stage: Stage) -> None:
    stage.works(MINUTE)

    stage.is_quiet(6 * MINUTE)
    stage.works(MINUTE)

    (card,) = stage.desk.cards
    assert (card.title, card.body) == ("Quiet for 6 min", "Were you away, sitting or standing?")
    assert [button.label for button in card.buttons] == ["Away", "Sitting", "Standing", "Reading 1 h"]
    assert not card.sound
    assert stage.desk.first_row() == "Quiet 09:01 to 09:07, you were"


def test_who_agrees_to_longer_quiet_has_it_in_the_settings(stage: Stage) -> None:
    for _time in range(3):
        stage.works(MINUTE)
        stage.says_after_quiet(Answer.SITTING)

    stage.answers(Answer.LONGER)

    assert stage.loop.rules.away_after == 10 * MINUTE
    assert stage.reloaded[0].away_after == 10 * MINUTE


def test_settings_that_cannot_be_changed_are_said_on_a_card(stage: Stage) -> None:
    stage.unwritable = DeskbreakError("settings.toml cannot be written: Permission denied")
    for _time in range(3):
        stage.works(MINUTE)
        stage.says_after_quiet(Answer.SITTING)

    stage.answers(Answer.LONGER)

    assert stage.loop.rules.away_after == 5 * MINUTE
    assert stage.desk.cards[-1].title == "The settings could not be changed"
    assert stage.desk.cards[-1].body == str(stage.unwritable)


def test_who_wants_to_be_shown_how_is_shown_the_guide(stage: Stage) -> None:
    stage.works(MINUTE)
    stage.asks(Started("glute-bridge"))
    (card,) = stage.desk.cards

    stage.loop.turn(next(button.choice for button in card.buttons if button.label == "Show me how"))

    assert stage.guides == ["glute-bridge"]
    assert stage.loop.state.exercise is not None


def test_the_log_is_copied_soon_after_the_launch_and_then_each_night(stage: Stage) -> None:
    stage.works(11 * MINUTE)
    first = list(stage.backups)
    stage.clock.passes(DAY)
    stage.works(2 * SECOND)

    assert first == [MONDAY + 10 * MINUTE + SECOND]
    assert [at.date() for at in stage.backups] == [MONDAY.date(), MONDAY.date() + DAY]


def test_today_in_the_menu_is_the_page_of_the_log(stage: Stage) -> None:
    stage.works(MINUTE)

    stage.clicks("Today")

    assert stage.guides == ["today"]
