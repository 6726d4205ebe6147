"""The six worked scenarios of selection.md 3.4, with their scores."""

from collections.abc import Mapping
from datetime import timedelta

from deskbreak.coach.bars import Bar
from deskbreak.coach.choose import Choice, choose
from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import packaged
from deskbreak.coach.score import Term
from deskbreak.coach.situation import Came, Done, History, Moment, Offer, Person, Room, Situation

KNOWN = packaged().known
HOUR = timedelta(hours=1)
LONG_AGO = tuple(Done(id_, 48 * HOUR, 2) for id_ in KNOWN)
# A family is done today by one of its exercises that is locked here, so that none of those judged was.
DONE_BY = {
    Family.WALK: "stairs",
    Family.BRIDGE: "single-leg-bridge",
    Family.FLEXOR: "couch-stretch",
    Family.SQUEEZE: "standing-alternating-squeeze",
    Family.HIP: "bird-dog",
    Family.SQUAT: "wall-sit",
    Family.MOBILITY: "ninety-ninety",
}
OFFICE = Room(floor=False, discreet=True, available=timedelta(seconds=90))


def today(hours: Mapping[Family, float], offers: tuple[Offer, ...] = ()) -> History:
    done = tuple(Done(DONE_BY[family], ago * HOUR, 0) for family, ago in hours.items())
    return History(offers, (*LONG_AGO, *done))


def scores(choice: Choice) -> list[tuple[str, float]]:
    return [(each.exercise.id, float(each.score)) for each in choice.candidates]


def test_a_the_first_break_at_home() -> None:
    room = Room(available=timedelta(seconds=180))
    moment = Moment(bout=timedelta(minutes=32))

    choice = choose(KNOWN, Situation(room, moment, History(done=LONG_AGO)))

    assert scores(choice)[:4] == [
        ("walk-break", 4.0),
        ("glute-bridge", 4.0),
        ("standing-flexor-stretch", 4.0),
        ("seated-squeeze", 4.0),
    ]


def test_b_open_office_after_a_squeeze_in_the_chair() -> None:
    done = (*LONG_AGO, Done("seated-squeeze", HOUR / 2, 0))
    history = History((Offer("seated-squeeze", Came.DONE),), done)

    choice = choose(KNOWN, Situation(OFFICE, Moment(), history))

    assert scores(choice) == [
        ("standing-flexor-stretch", 4.0),
        ("stand-up-desk", 4.0),
        ("calf-raise", 3.0),
        ("standing-squeeze", -0.5),
    ]
    assert dict(choice.candidates[3].terms) == {Term.RESTED: 0.5, Term.HEADLINE: 1, Term.SAME_AGAIN: -2}


def test_c_office_after_75_minutes_in_one_go() -> None:
    room = Room(floor=False, available=timedelta(seconds=180))
    moment = Moment(bout=timedelta(minutes=75), stood_ago=2 * HOUR)
    hours = {Family.SQUEEZE: 2, Family.FLEXOR: 1, Family.WALK: 3}
    others = {Family.HIP: 2, Family.SQUAT: 2, Family.MOBILITY: 2}

    choice = choose(KNOWN, Situation(room, moment, today(hours | others)))

    assert scores(choice)[:4] == [
        ("walk-break", 6.0),
        ("stand-up-desk", 5.0),
        ("standing-flexor-stretch", 3.0),
        ("standing-squeeze", 3.0),
    ]
    assert not any(each.exercise.seated for each in choice.candidates)


def test_d_home_after_six_hours_of_sitting() -> None:
    room = Room(available=timedelta(seconds=180))
    moment = Moment(sat=timedelta(minutes=372), stood_ago=HOUR)
    hours = {Family.WALK: 0.6, Family.SQUEEZE: 2, Family.FLEXOR: 2, Family.BRIDGE: 3}
    others = {Family.HIP: 2, Family.SQUAT: 2, Family.MOBILITY: 2}
    history = today(hours | others, (Offer("walk-break", Came.DONE),))

    choice = choose(KNOWN, Situation(room, moment, history))

    assert scores(choice)[:4] == [
        ("glute-bridge", 5.5),
        ("standing-flexor-stretch", 4.5),
        ("seated-squeeze", 4.5),
        ("standing-squeeze", 4.5),
    ]


def test_e_on_a_call_in_the_office() -> None:
    moment = Moment(on_call=True, stood_ago=HOUR)
    hours = {Family.WALK: 1, Family.SQUEEZE: 1.5, Family.FLEXOR: 3, Family.MOBILITY: 3}

    choice = choose(KNOWN, Situation(OFFICE, moment, today(hours)))

    assert scores(choice)[:4] == [
        ("standing-flexor-stretch", 4.0),
        ("calf-raise", 3.0),
        ("seated-figure-four", 3.0),
        ("seated-squeeze", 2.5),
    ]
    assert dict(scores(choice))["stand-up-desk"] == 2.0


def test_f_home_right_after_standing_with_bridges_at_202() -> None:
    room = Room(available=timedelta(seconds=120))
    person = Person(levels={Family.BRIDGE: Level.L202})
    hours = {Family.WALK: 2, Family.BRIDGE: 2.5, Family.FLEXOR: 1, Family.SQUEEZE: 1}
    others = {Family.HIP: 1, Family.SQUAT: 1, Family.MOBILITY: 1}

    choice = choose(KNOWN, Situation(room, Moment(stood_ago=timedelta()), today(hours | others), person))

    assert scores(choice)[:4] == [
        ("marching-bridge", 3.75),
        ("glute-bridge", 3.5),
        ("calf-raise", 3.0),
        ("standing-march", 3.0),
    ]
    refused = {refusal.exercise.id: refusal.bars for refusal in choice.refused}
    assert refused["stand-up-desk"] == (Bar.STOOD,)
    assert refused["couch-stretch"] == (Bar.LEVEL,)
    # The walk could be shortened, but nothing has to give way as long as something passes.
    assert refused["walk-break"] == (Bar.LONGER,)
