"""The program around the loop: it shows what is new, answers requests, and keeps the calendar armed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from deskbreak.coach.library import by_id
from deskbreak.coach.primer import length
from deskbreak.coach.screening import Answers, outcome
from deskbreak.coach.sessions import Now
from deskbreak.core.commands import Prompt
from deskbreak.core.events import RulesChanged, Started
from deskbreak.core.postures import Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import State
from deskbreak.core.suggesting import suggest_for
from deskbreak.core.view import View
from deskbreak.daemon import cards, correcting, panel, status
from deskbreak.daemon.appointments import dated
from deskbreak.daemon.arming import Arming, Calendar, tell_hours
from deskbreak.daemon.coaching import Rotation, place
from deskbreak.daemon.loop import Loop
from deskbreak.daemon.memory import Named
from deskbreak.daemon.rising import Rising
from deskbreak.daemon.surroundings import Surroundings
from deskbreak.daemon.telling import Telling, notify
from deskbreak.daemon.wire import Asked, Correct, PassedTest, Query, Request, TakeBack, WhyThis
from deskbreak.errors import DeskbreakError
from deskbreak.ports import (
    Card,
    Display,
    Errand,
    KeepAnswers,
    Picture,
    ShowHow,
    TakeLevel,
    Was,
)
from deskbreak.settings import Fault, Settings
from deskbreak.store.screening import Kept
from deskbreak.store.snapshot import dump
from deskbreak.words import _, choice, sentences
from deskbreak.words.levels import no_level
from deskbreak.words.screening import ADVICE, left_out

_DOOR_CHECKED_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a later launch goes on from."""

    state: State
    offers: tuple[Named, ...] = ()
    wording: int = 0


def rules(settings: Settings, answers: Answers) -> Rules:
    """The settings', but no longer standing in one go than suits by the answers to the screening."""
    own, at_most = settings.rules(), outcome(answers, by_id()).stand_at_most
    return own if at_most is None else replace(own, stand_limit=min(own.stand_limit, at_most))


class Companion:
    """`loop.Program`. All of it belongs to the loop's thread."""

    def __init__(
        self,
        display: Display,
        open_calendar: Callable[[], Calendar],
        rotation: Rotation,
        settings: Settings,
        faults: tuple[Fault, ...],
        news: tuple[str, ...],
        around: Surroundings,
    ) -> None:
        self._display = display
        self._week = Arming(open_calendar)
        self._rotation = rotation
        self._settings = settings
        self._faults = faults
        self._news = news
        self._around = around
        self._kept = around.screening()
        self._picture: Picture | None = None
        self._telling = Telling(around.no_tray, around.say, self.card)
        self._rising = Rising(rotation)
        self._door_checked: timedelta | None = None

    def saved(self, state: State) -> str:
        return dump(Saved(state, self._rotation.memory.offers, self._rotation.wording))

    def card(self, prompt: Prompt) -> Card:
        return cards.card(prompt, rules(self._settings, self._kept.in_force), self._settings.sound)

    def lengthen_away_after(self, to: timedelta, loop: Loop) -> None:
        try:
            self._around.change("away_after", to)
        except DeskbreakError as fault:
            notify(loop, _("The settings could not be changed"), str(fault))
            return
        self._reload(loop, loop.world.clock.now())

    def began(self, loop: Loop) -> None:
        """The first judgement is made: tell the state whether this is a working hour."""
        tell_hours(self._settings, loop, loop.world.clock.now())

    def asked(self, item: object, loop: Loop) -> None:
        now = loop.world.clock.now()
        match item:
            case Asked(request, reply):
                reply.put(self._answer(request, loop, now))
                if request is Query.QUIT:
                    loop.stop()
            case Query.QUIT | Errand.QUIT:
                loop.stop()
            case Errand.TODAY:
                self._around.show_today()
            case Errand.BACKUP:
                self._week.backed_up(loop.view(now).day)
                self._around.back_up()
            case Errand.SETTINGS:
                self._around.open_settings()
            case ShowHow(exercise):
                self.show_how(exercise)
            case TakeLevel():
                if taken := self._rising.take(loop, now, item):
                    notify(loop, *taken)
            case KeepAnswers(answers):
                self._keep(loop, now, answers)
            case Was():
                heard = correcting.was(loop, now, item)
                if not heard.ok:
                    notify(loop, _("Nothing was corrected"), heard.says)
            case unknown:
                raise TypeError(f"nobody deals with {unknown!r}")

    def show_how(self, exercise: str) -> None:
        self._around.show_how(exercise)

    def passed(self, loop: Loop) -> timedelta | None:
        now = loop.world.clock.now()
        faults = self._all_faults(loop)
        view = self._view(loop, now)
        totals = loop.totals(view)
        within_reach = self._rising.within_reach(now, view)
        self._show(panel.picture(view, totals, loop.rules, faults, now, within_reach, self._kept.answers))
        self._rising.offer(loop, view, within_reach)
        takes = length(self._rotation.primer_for(totals), self._rotation.place.lying)
        due = self._week.arm(self._settings, loop, now, view.day, takes)
        untold = self._telling.go_on(loop, faults, self._own_faults(), welcome=self._kept == Kept())
        if loop.state.asleep:
            self._around.slept_soundly()
        if self._door_checked is None or now.elapsed - self._door_checked >= _DOOR_CHECKED_EVERY:
            self._door_checked = now.elapsed
            self._around.check_door()
        return min((wait for wait in (due, untold) if wait is not None), default=None)

    def _answer(self, request: Request, loop: Loop, now: Stamp) -> Mapping[str, object]:
        careful = self._careful(request, loop, now)
        match request:
            case Query.STATUS:
                told, says = None, ""
            case Query.QUIT:
                told, says = None, _("deskbreak ends; nothing is lost.")
            case Query.DOCTOR:
                return {
                    **self._reply(loop, now, ok=True, says=""),
                    **self._around.examined(),
                    "unwritten": loop.write_fault and _unwritten(loop.write_fault),
                }
            case Query.RELOAD:
                return self._reload(loop, now)
            case Correct(word, sure):
                return self._heard(loop, now, correcting.correct(loop, now, word, sure))
            case TakeBack(number):
                return self._heard(loop, now, correcting.take_back(loop, now, number))
            case WhyThis():
                return self._explain(request, loop, now)
            case TakeLevel():
                took = self._rising.take(loop, now, request)
                said = " ".join(filter(None, took or (no_level(request.family, request.level),)))
                return self._reply(loop, now, took is not None, said)
            case PassedTest(family):
                return self._reply(loop, now, *self._rising.note_test(loop, now, family))
            case _:
                told, says = loop.tell(now, request), ""
        if told is not None:
            says = " ".join(filter(None, (sentences.answer(told, self._view(loop, now), now), careful)))
        return self._reply(loop, now, told is None or not told.refused, says)

    def _careful(self, request: Request, loop: Loop, now: Stamp) -> str:
        """Said of an exercise that is asked for by name and would not be suggested for the person's sake."""
        if not isinstance(request, Started) or request.exercise is None:
            return ""
        grounds = outcome(self._kept.in_force, by_id()).left_out.get(request.exercise)
        if grounds:
            return left_out(grounds)
        moment = Now(now.wall, loop.view(now).day)
        return choice.careful(self._rotation.against(request.exercise, moment))

    def _reply(self, loop: Loop, now: Stamp, ok: bool, says: str) -> Mapping[str, object]:
        """The answer to a request; with nothing to say it says how things are."""
        view = self._view(loop, now)
        totals = loop.totals(view)
        faults = self._all_faults(loop)
        says = says or status.says(view, totals, faults, now)
        return {"ok": ok, "says": says, "status": status.status(view, totals, faults)}

    def _heard(self, loop: Loop, now: Stamp, heard: correcting.Heard) -> Mapping[str, object]:
        return {**self._reply(loop, now, heard.ok, heard.says), "asks": list(heard.asks)}

    def _explain(self, why: WhyThis, loop: Loop, now: Stamp) -> Mapping[str, object]:
        """How the pick on offer was made, or else the one that a break begun now would get."""
        view = self._view(loop, now)
        picked = view.exercise or (view.open and view.open.exercise)
        made = None if why.quiet or why.available else self._rotation.made
        if made is None or made.pick is None or made.pick.id != picked:
            started = Started(available=why.available, quiet=why.quiet)
            number = loop.state.next_number
            asked = suggest_for(started, loop.state, now, loop.rules, number, view.count)
            made = self._rotation.choice(asked, loop.totals(view))
        reply = self._reply(loop, now, made.pick is not None, choice.says(made))
        return {**reply, "choice": choice.account(made)}

    def _keep(self, loop: Loop, now: Stamp, answers: Answers) -> None:
        try:
            self._around.keep(answers)
        except DeskbreakError as fault:
            notify(loop, _("The answers could not be kept"), str(fault))
            return
        self._go_by_answers(loop, now)
        if answers.yes:
            notify(loop, _("Your answers are kept"), ADVICE)

    def _go_by_answers(self, loop: Loop, now: Stamp) -> None:
        self._kept = self._around.screening()
        self._rotation.answers = self._kept.in_force
        loop.rules = rules(self._settings, self._kept.in_force)
        loop.tell(now, RulesChanged())

    def _reload(self, loop: Loop, now: Stamp) -> Mapping[str, object]:
        settings, faults = self._around.reload()
        if faults:
            says = "\n".join([_("The settings stay as they were:"), *map(str, faults)])
        else:
            says = _("The settings are in force.")
            self._settings, self._faults = settings, ()
            self._rotation.place = place(settings)
            self._rotation.memory.begin_days_at(settings.day_start)
        # The answers stand in a file of their own, which a wrong line in the settings does not concern.
        self._go_by_answers(loop, now)
        tell_hours(self._settings, loop, now)
        return self._reply(loop, now, not faults, says)

    def _view(self, loop: Loop, now: Stamp) -> View:
        return dated(loop.view(now), self._settings, loop.state, now)

    def _show(self, picture: Picture) -> None:
        if picture != self._picture:
            self._picture = picture
            self._display.show(picture)

    def _all_faults(self, loop: Loop) -> tuple[str, ...]:
        unwritten = () if loop.write_fault is None else (_unwritten(loop.write_fault),)
        screening = () if self._kept.fault is None else (self._kept.fault,)
        return (*unwritten, *self._news, *map(str, self._faults), *screening, *self._around.missing())

    def _own_faults(self) -> tuple[str, ...]:
        """Those of the log and of the person's files, for a card."""
        # It is narrow, and there is one settings file: its name will do.
        short = (replace(fault, file=Path(fault.file.name)) for fault in self._faults)
        return (*self._news, *map(str, short))


def _unwritten(why: str) -> str:
    return _("history is not being saved: {why}").format(why=why)
