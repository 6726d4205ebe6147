"""What the person is asked about a quiet time, and what the answer changes (rules.md sections 3 and 5)."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.commands import (
    Button,
    LengthenAwayAfter,
    Outcome,
    Show,
    Told,
)
from deskbreak.core.due import Scene, holding, may_have_been_up
from deskbreak.core.events import Answer
from deskbreak.core.postures import How, Posture
from deskbreak.core.presence import judge
from deskbreak.core.questions import ask_what_it_was, offer_longer
from deskbreak.core.rules import Rules
from deskbreak.core.said import here, prove_now
from deskbreak.core.settling import stop_standing
from deskbreak.core.spells import close, drop_question, end_spell
from deskbreak.core.state import Doubt, Open, Quietness, State
from deskbreak.core.turn import Turn, correct

_TO_THE_OFFER = (Answer.LONGER, Answer.AS_IS)
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)


def ask(turn: Turn, scene: Scene) -> None:
    """Ask what an absence known only by quiet was, once the return is beyond doubt."""
    state = turn.state
    doubt = state.doubt
    if doubt is None or not scene.settled:
        return
    turn.set(doubt=None)
    asked_at = tuple(t for t in state.asked_at if turn.now - t < _A_DAY)
    busy = state.pending is not None or state.exercise is not None or (state.open and state.open.shown)
    if (
        busy
        or holding(state, turn.now, turn.rules)
        or _asked_today(turn, asked_at) >= turn.rules.questions_a_day
    ):
        return
    turn.set(asked_at=(*asked_at, turn.now))
    ask_what_it_was(turn, doubt, scene.count)


def _asked_today(turn: Turn, asked_at: tuple[timedelta, ...]) -> int:
    def day(at: timedelta) -> object:
        return naming.in_force(turn.state.namings, at).day(at, turn.rules.day_start)

    return sum(day(at) == day(turn.now) for at in asked_at)


def note_quiet(turn: Turn, at: timedelta) -> None:
    """Input comes back at `at`: after `break_min` of quiet under a reminder, the person may have been up."""
    opened, since = turn.state.open, turn.state.proof_at
    if opened is None or since is None or not may_have_been_up(turn.state):
        return
    if opened.shown_at < at and at - since >= turn.rules.break_min:
        judgement = judge(turn.state, at, turn.rules)
        if judgement.sign == since and judgement.absent_since is None:
            turn.set(open=replace(opened, quiet=Quietness(since, at)))


def offer_up(turn: Turn) -> None:
    """The reminder still on the screen offers "I was up", once the return is beyond doubt."""
    opened = turn.state.open
    if opened is None or opened.quiet is None or opened.quiet.offered or not may_have_been_up(turn.state):
        return
    quiet = opened.quiet
    if turn.state.proof_at is None or turn.state.proof_at - quiet.ended < turn.rules.return_proofs_apart:
        return
    others = tuple(b for b in opened.prompt.buttons if b is not Button.WAS_UP)
    prompt = replace(opened.prompt, buttons=(Button.WAS_UP, *others))
    turn.set(open=replace(opened, prompt=prompt, quiet=replace(quiet, offered=True)))
    turn.do(Show(prompt))


def answer(turn: Turn, number: int, said: Answer) -> None:
    """Take the person's word for the time that prompt `number` is about; a late answer changes nothing."""
    if turn.state.off is None and turn.judge().absent_since is not None:
        # The click itself ends an absence, one that nobody had told of, or the prompt would be gone.
        prove_now(turn)
        drop_question(turn)
        turn.tell(Told.NOTHING_TO_ANSWER)
        return
    opened, question = turn.state.open, turn.state.question
    if said is Answer.UP:
        if opened is None or opened.prompt.number != number or opened.quiet is None:
            turn.tell(Told.NOTHING_TO_ANSWER)
        else:
            _was_up(turn, opened, opened.quiet)
        return
    if question is None or question.prompt.number != number or question.exercise is not None:
        turn.tell(Told.NOTHING_TO_ANSWER)
        return
    if (said in _TO_THE_OFFER) is (question.doubt is not None):
        turn.tell(Told.NOTHING_TO_ANSWER)
        return
    before = turn.state
    prove_now(turn)
    drop_question(turn, Outcome.ANSWERED)
    if question.doubt is None:
        _settle_offer(turn, said)
    else:
        _settle_doubt(turn, before, question.doubt, said)


def _settle_offer(turn: Turn, said: Answer) -> None:
    if said is Answer.LONGER:
        turn.do(LengthenAwayAfter(turn.rules.longer_away_after))
        turn.tell(Told.LONGER)
    else:
        turn.tell(Told.AS_IS)


def _settle_doubt(turn: Turn, before: State, doubt: Doubt, said: Answer) -> None:
    upright = turn.state.upright
    match said:
        case Answer.STANDING:
            _was_standing(turn, before, doubt)
            turn.tell(Told.WAS_STANDING)
        case Answer.READING:
            if upright is Posture.STANDING:
                _was_standing(turn, before, doubt)
            else:
                _was_sitting(turn, before, doubt)
            here(turn, turn.rules.reads_for)
        case Answer.SITTING:
            _was_sitting(turn, before, doubt)
            turn.tell(Told.WAS_SITTING)
            _count_sat(turn)
        case _:
            correct(turn, before, doubt.began, doubt.ended, Posture.AWAY)
            turn.tell(Told.WAS_AWAY)


def _was_sitting(turn: Turn, before: State, doubt: Doubt) -> None:
    """The count and its reminders become what they would have been."""
    stood = turn.state.upright is Posture.STANDING
    until = turn.now if stood else doubt.ended
    correct(turn, before, doubt.began, until, Posture.SITTING)
    if stood:
        stop_standing(turn, doubt.began)
        turn.set(upright=Posture.SITTING, upright_by=How.INPUT, confirmed_at=turn.now)
    turn.set(
        count=turn.state.count + (until - doubt.began),
        upright_since=doubt.began,
        bout_began=doubt.began if doubt.bout_began is None else doubt.bout_began,
        last_absence=None,
    )
    forgotten = doubt.before
    if forgotten is not None:
        turn.set(
            count=turn.state.count + forgotten.count,
            spell=replace(forgotten.spell, number=turn.state.spell.number),
            stretched=forgotten.stretched,
            ignored_run=forgotten.ignored_run,
            accepted_run=forgotten.accepted_run,
        )


def _was_standing(turn: Turn, before: State, doubt: Doubt) -> None:
    if turn.state.upright is Posture.STANDING:
        correct(turn, before, doubt.began, doubt.ended, Posture.STANDING)
        turn.set(stood=turn.state.stood + (doubt.ended - doubt.began))
    else:
        correct(turn, before, doubt.began, turn.now, Posture.STANDING)
        if doubt.before is None:
            end_spell(turn, doubt.began)
        turn.set(
            upright=Posture.STANDING,
            upright_by=How.USER,
            upright_since=doubt.began,
            stood=turn.now - doubt.began,
            stand_rung=0,
            bout_began=None,
        )
    turn.set(count=timedelta(0), confirmed_at=turn.now, doubt_from=None, last_absence=None)


def _was_up(turn: Turn, opened: Open, quiet: Quietness) -> None:
    before = turn.state
    prove_now(turn)
    correct(turn, before, quiet.began, quiet.ended, Posture.AWAY)
    close(turn, Outcome.LEFT)
    end_spell(turn, quiet.began)
    turn.set(
        count=turn.now - quiet.ended, upright_since=quiet.ended, bout_began=quiet.ended, last_absence=None
    )
    turn.tell(Told.WAS_UP)


def _count_sat(turn: Turn) -> None:
    """After the third "sitting" in a week, offer to take longer quiet for sitting."""
    rules: Rules = turn.rules
    sat_at = (*(t for t in turn.state.sat_at if turn.now - t < _A_WEEK), turn.now)
    offered = len(sat_at) >= rules.sat_in_a_week and rules.away_after < rules.longer_away_after
    turn.set(sat_at=() if offered else sat_at)
    if offered:
        offer_longer(turn)
