"""Whatever state the program can be in is saved and comes back: the codec held to the real `State`."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import Decision, Prompt, PromptRow, RecordPrompt, Told
from deskbreak.core.events import Corrected, Event, Paused, PrimerDue, RunNears, Started, Until
from deskbreak.core.naming import Naming
from deskbreak.core.postures import Correction, Stamp
from deskbreak.core.state import (
    Before,
    Doubt,
    Evening,
    Exercise,
    Open,
    Question,
    Quietness,
    State,
    Undoable,
    fresh,
)
from deskbreak.store import snapshot
from tests.fakes import FakeClock

MOMENTS = st.datetimes(timezones=st.just(UTC))
ZONES = st.just(UTC) | st.just("Asia/Kathmandu").map(ZoneInfo)
WORDS = st.lists(st.builds(Correction, start_at=MOMENTS, said_at=MOMENTS), max_size=2).map(tuple)
_KINDS: dict[object, st.SearchStrategy[Event]] = {
    RunNears: st.builds(RunNears, MOMENTS),
    PrimerDue: st.builds(PrimerDue, MOMENTS),
    Corrected: st.builds(Corrected, WORDS, WORDS),
}
EVENTS = st.one_of([_KINDS.get(kind, st.builds(kind)) for kind in get_args(Event)])
STAMPS = st.builds(Stamp, wall=MOMENTS, zone=ZONES)
DECISIONS = st.builds(Decision, held_since=st.none() | MOMENTS)
PROMPTS = st.builds(PromptRow, at=MOMENTS, outcome_at=st.none() | MOMENTS, decision=st.none() | DECISIONS)
OPEN = st.builds(Open, prompt=st.builds(Prompt), row=PROMPTS, quiet=st.none() | st.builds(Quietness))
DOUBTS = st.builds(Doubt, before=st.none() | st.builds(Before))
QUESTIONS = st.builds(Question, prompt=st.builds(Prompt), row=PROMPTS, doubt=st.none() | DOUBTS)


def states(undoable: st.SearchStrategy[Undoable | None]) -> st.SearchStrategy[State]:
    return st.builds(
        State,
        seen=STAMPS,
        namings=st.lists(st.builds(Naming, zero_at=MOMENTS, zone=ZONES), max_size=2).map(tuple),
        open=st.none() | OPEN,
        exercise=st.none() | st.builds(Exercise, row=st.none() | PROMPTS),
        before=st.none() | st.builds(Before),
        doubt=st.none() | DOUBTS,
        question=st.none() | QUESTIONS,
        evening=st.none() | st.builds(Evening, shown=st.none() | PROMPTS),
        undoable=undoable,
    )


UNDOABLE = st.builds(
    Undoable,
    before=states(st.none()),
    since=st.lists(st.tuples(EVENTS, STAMPS), max_size=2).map(tuple),
    rebook=st.lists(st.builds(RecordPrompt, PROMPTS), max_size=2).map(tuple),
)


def test_a_state_that_has_seen_nothing_is_saved() -> None:
    state = fresh(FakeClock().now())

    assert snapshot.load(State, snapshot.dump(state)) == state


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(states(st.none() | UNDOABLE))
def test_every_state_there_can_be_is_saved(state: State) -> None:
    again = snapshot.load(State, snapshot.dump(state))

    assert again == state
    # What can be undone takes no part in comparing states, but must come back as well.
    assert again.undoable == state.undoable


def test_what_can_be_undone_is_saved_with_what_happened_since() -> None:
    now = FakeClock().now()
    since = tuple(
        (event, now)
        for event in (Started("glute-bridge"), Started(), Paused(timedelta(hours=1)), Paused(Until.TOMORROW))
    )
    undoable = Undoable(fresh(now), Told.PAUSED, timedelta(1), since, ())
    state = replace(fresh(now), undoable=undoable)

    assert snapshot.load(State, snapshot.dump(state)).undoable == undoable
