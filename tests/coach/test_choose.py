"""Which exercise a reminder names, and why: selection.md 3.3 and 3.4, rules.md section 5."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from deskbreak.coach.bars import EASIER_UP_TO, Bar
from deskbreak.coach.choose import LOOSENED, Choice, choose
from deskbreak.coach.exercise import Family, Level, Place
from deskbreak.coach.library import packaged
from deskbreak.coach.score import FAMILY_ORDER, HEADLINE, Term
from deskbreak.coach.situation import Came, Done, History, Moment, Offer, Person, Room, Situation, Where

KNOWN = packaged().known
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TOP = Person(levels=dict.fromkeys(Family, Level.L303))
TRIED = tuple(Done(id_, 48 * HOUR, 2) for id_ in KNOWN)
FRESH = History(done=TRIED)


def passing(situation: Situation) -> set[str]:
    return {each.exercise.id for each in choose(KNOWN, situation).candidates}


def refusals(choice: Choice) -> dict[str, tuple[Bar, ...]]:
    return {refusal.exercise.id: refusal.bars for refusal in choice.refused}


def but(*ids: str) -> frozenset[str]:
    """Everything excluded but these."""
    return frozenset(KNOWN) - {*ids}


def picked(situation: Situation) -> str:
    pick = choose(KNOWN, situation).pick
    assert pick is not None
    return pick.id


def term(situation: Situation, exercise: str, of: Term) -> float:
    [found] = [each for each in choose(KNOWN, situation).candidates if each.exercise.id == exercise]
    return float(dict(found.terms).get(of, 0))


def skipped(exercise: str, *came: Came) -> tuple[Offer, ...]:
    return tuple(Offer(exercise, each) for each in came)


def test_a_first_look_names_the_walk_and_accounts_for_every_exercise() -> None:
    choice = choose(KNOWN, Situation())

    assert choice.pick is KNOWN["walk-break"]
    assert choice.length == 180 * SECOND
    assert choice.loosened == ()
    assert {each.exercise.id for each in choice.candidates} | refusals(choice).keys() == KNOWN.keys()
    assert dict(choice.candidates[0].terms) == {Term.RESTED: 3, Term.HEADLINE: 1, Term.NEVER_TRIED: 0.5}


def test_what_was_done_longest_ago_comes_first_among_equals() -> None:
    history = History(done=(Done("walk-break", 26 * HOUR, 1), Done("glute-bridge", 50 * HOUR, 2)))
    person = Person(excluded=but("walk-break", "glute-bridge"))

    assert picked(Situation(history=history, person=person)) == "glute-bridge"


def test_an_exercise_never_done_comes_before_one_done_ever_so_long_ago() -> None:
    history = History(done=(Done("single-leg-hinge", 900 * HOUR, 40),))
    person = replace(TOP, excluded=but("single-leg-hinge", "standing-hip-abduction"))
    choice = choose(KNOWN, Situation(history=history, person=person))

    assert [float(each.score) for each in choice.candidates] == [3.5, 3.5]
    assert [each.exercise.id for each in choice.candidates] == ["standing-hip-abduction", "single-leg-hinge"]
    assert [each.days for each in choice.candidates] == [None, 40]


def test_the_families_go_in_their_order_and_the_ids_by_the_alphabet() -> None:
    choice = choose(KNOWN, Situation(Room(available=3 * MINUTE), history=FRESH))
    ties = [each for each in choice.candidates if each.score == 3]

    assert set(FAMILY_ORDER) == set(Family)
    assert [(FAMILY_ORDER.index(each.exercise.family), each.exercise.id) for each in ties] == sorted(
        (FAMILY_ORDER.index(each.exercise.family), each.exercise.id) for each in ties
    )
    assert len(ties) > 5
    assert not HEADLINE & {each.exercise.family for each in ties}


def test_only_unlocked_levels_pass() -> None:
    at_202 = Person(levels={Family.BRIDGE: Level.L202})

    assert "marching-bridge" not in passing(Situation())
    assert "marching-bridge" in passing(Situation(person=at_202))
    assert "single-leg-bridge" not in passing(Situation(person=at_202))
    assert "bird-dog" not in passing(Situation(person=at_202))


def test_the_hardest_unlocked_is_preferred_a_little() -> None:
    situation = Situation(history=FRESH, person=TOP)

    assert term(situation, "glute-bridge", Term.HARDER) == 0
    assert term(situation, "marching-bridge", Term.HARDER) == 0.25
    assert term(situation, "single-leg-bridge", Term.HARDER) == 0.5


@pytest.mark.parametrize("room", [Room(floor=False), Room(where=Where.OFFICE)])
def test_nobody_is_sent_to_the_floor_who_cannot_lie_down(room: Room) -> None:
    ids = passing(Situation(room, person=TOP))

    assert ids
    assert not any(KNOWN[id_].needs_floor for id_ in ids)


def test_a_discreet_one_is_discreet() -> None:
    assert all(KNOWN[id_].discreet for id_ in passing(Situation(Room(discreet=True))))


@pytest.mark.parametrize("situation", [Situation(Room(quiet=True)), Situation(moment=Moment(on_call=True))])
def test_nothing_makes_a_noise_on_a_call_or_when_quiet_was_asked_for(situation: Situation) -> None:
    noisy = KNOWN | {"walk-break": replace(KNOWN["walk-break"], quiet=False)}
    choice = choose(noisy, situation)

    assert refusals(choice)["walk-break"] == (Bar.QUIET,)


def test_the_switch_to_standing_needs_a_desk_for_it_but_no_time() -> None:
    short = Room(available=MINUTE)

    assert "stand-up-desk" in passing(Situation(short))
    assert "stand-up-desk" not in passing(Situation(replace(short, standing_desk=False)))


@pytest.mark.parametrize(
    ("moment", "passes"),
    [
        (Moment(standing=True), False),
        (Moment(stood_ago=timedelta()), False),
        (Moment(stood_ago=15 * MINUTE - SECOND), False),
        (Moment(stood_ago=15 * MINUTE), True),
        (Moment(stood=4 * HOUR), True),
        (Moment(stood=4 * HOUR + SECOND), False),
    ],
)
def test_the_switch_to_standing_only_for_one_who_has_not_just_stood(moment: Moment, passes: bool) -> None:
    assert ("stand-up-desk" in passing(Situation(moment=moment))) is passes


def test_standing_counts_as_done_from_the_end_of_the_block() -> None:
    situation = Situation(moment=Moment(stood_ago=30 * MINUTE))

    assert term(situation, "stand-up-desk", Term.RESTED) == 0.5


def test_one_who_stands_is_not_sent_to_the_chair() -> None:
    assert not any(KNOWN[id_].seated for id_ in passing(Situation(moment=Moment(standing=True))))


def test_after_an_hour_in_one_go_nothing_is_done_in_the_chair_and_a_walk_is_worth_more() -> None:
    before = Situation(moment=Moment(bout=60 * MINUTE - SECOND), history=FRESH)
    after = Situation(moment=Moment(bout=60 * MINUTE), history=FRESH)

    assert any(KNOWN[id_].seated for id_ in passing(before))
    assert not any(KNOWN[id_].seated for id_ in passing(after))
    assert [term(before, id_, Term.UP) for id_ in ("walk-break", "stand-up-desk")] == [0, 0]
    assert [term(after, id_, Term.UP) for id_ in ("walk-break", "stand-up-desk")] == [2, 2]
    assert term(before, "standing-flexor-stretch", Term.OPEN_HIPS) == 0
    assert term(after, "standing-flexor-stretch", Term.OPEN_HIPS) == 1


def test_six_hours_of_sitting_call_for_glutes_and_hip_flexors() -> None:
    before = Situation(moment=Moment(sat=6 * HOUR - SECOND), history=FRESH)
    after = Situation(moment=Moment(sat=6 * HOUR), history=FRESH)
    raised = {id_ for id_ in passing(after) if term(after, id_, Term.LONG_DAY) == 1.5}

    assert {KNOWN[id_].family for id_ in raised} == {Family.BRIDGE, Family.FLEXOR, Family.SQUEEZE}
    assert not any(term(before, id_, Term.LONG_DAY) for id_ in raised)


def test_after_one_done_in_the_chair_the_next_is_not_in_the_chair() -> None:
    done = Situation(history=History((Offer("seated-figure-four", Came.DONE),), TRIED))
    left = Situation(history=History((Offer("seated-figure-four"),), TRIED))

    assert not any(KNOWN[id_].seated for id_ in passing(done))
    assert "seated-squeeze" in passing(left)
    assert Bar.UPRIGHT in refusals(choose(KNOWN, done))["seated-squeeze"]


def test_what_is_not_in_the_library_any_more_does_no_harm() -> None:
    gone = History((Offer("gone", Came.DONE),), (*TRIED, Done("gone", HOUR, 0)))

    assert passing(Situation(history=gone)) == passing(Situation(history=FRESH))


def test_the_last_two_do_not_come_again() -> None:
    history = History((Offer("walk-break"), Offer("glute-bridge"), Offer("calf-raise")))
    bars = refusals(choose(KNOWN, Situation(history=history)))

    assert bars["calf-raise"] == (Bar.LAST,)
    assert bars["glute-bridge"] == (Bar.LAST_BUT_ONE,)
    assert "walk-break" not in bars


def test_what_the_person_asked_for_in_between_brings_no_suggestion_round_sooner() -> None:
    asked = (Offer("wall-sit", named=True), Offer("bird-dog", named=True))
    history = History((Offer("walk-break"), Offer("glute-bridge"), *asked))
    bars = refusals(choose(KNOWN, Situation(history=history, person=TOP)))

    assert bars["glute-bridge"] == (Bar.LAST,)
    assert bars["walk-break"] == (Bar.LAST_BUT_ONE,)
    assert bars["wall-sit"] == bars["bird-dog"] == (Bar.ASKED,)


def test_the_family_of_the_last_suggestion_steps_back() -> None:
    situation = Situation(history=History((Offer("seated-squeeze"),), TRIED))

    assert term(situation, "standing-squeeze", Term.SAME_AGAIN) == -2
    assert term(situation, "walk-break", Term.SAME_AGAIN) == 0


def test_only_the_last_three_offers_of_an_exercise_are_held_against_it() -> None:
    came = (Came.SKIPPED, Came.SKIPPED, Came.NOTHING, Came.SKIPPED)
    offers = (*skipped("walk-break", *came), Offer("calf-raise"), Offer("hip-hinge"))
    situation = Situation(history=History(offers, TRIED))

    assert term(situation, "walk-break", Term.SKIPPED) == -2
    assert term(situation, "glute-bridge", Term.SKIPPED) == 0


def test_the_family_counts_as_rested_after_three_hours_and_on_a_new_day() -> None:
    def rested(ago: timedelta, days: int) -> float:
        history = History(done=(*TRIED, Done("standing-squeeze", ago, days)))
        return term(Situation(history=history), "seated-squeeze", Term.RESTED)

    assert rested(90 * MINUTE, 0) == 1.5
    assert rested(5 * HOUR, 0) == 3
    assert rested(90 * MINUTE, 1) == 3


def test_a_strength_exercise_comes_three_times_a_day_at_most() -> None:
    twice = (Done("glute-bridge", 4 * HOUR, 0), Done("glute-bridge", 3 * HOUR, 0))
    yesterday = Done("glute-bridge", 20 * HOUR, 1)
    again = Done("glute-bridge", 2 * HOUR, 0)

    assert "glute-bridge" in passing(Situation(history=History(done=(*twice, yesterday))))
    assert "glute-bridge" not in passing(Situation(history=History(done=(*twice, again))))


def test_a_strength_family_comes_five_times_a_day_at_most() -> None:
    ids = ("hip-hinge", "hip-hinge", "clamshell", "clamshell", "quadruped-hip-extension")
    five = tuple(Done(id_, 4 * HOUR, 0) for id_ in ids)

    assert "standing-hip-extension" in passing(Situation(history=History(done=five[1:])))
    assert "standing-hip-extension" not in passing(Situation(history=History(done=five)))


def test_walks_and_stretches_may_be_done_as_often_as_one_likes() -> None:
    often = tuple(Done(id_, HOUR, 0) for id_ in ("walk-break", "standing-flexor-stretch") * 6)

    assert {"walk-break", "standing-flexor-stretch"} <= passing(Situation(history=History(done=often)))


def test_a_day_lies_between_two_hard_sessions_for_the_legs() -> None:
    def after(days: int) -> set[str]:
        return passing(Situation(history=History(done=(Done("single-leg-hinge", HOUR, days),)), person=TOP))

    assert not {"single-leg-bridge", "single-leg-hinge", "single-leg-sit-down"} & after(1)
    assert {"single-leg-bridge", "single-leg-hinge", "single-leg-sit-down"} <= after(2)
    assert {"standing-alternating-squeeze", "couch-stretch", "marching-bridge"} <= after(1)


def test_a_resting_family_an_excluded_and_a_hidden_one_are_left_out() -> None:
    person = Person(
        resting=frozenset({Family.FLEXOR}),
        excluded=frozenset({"walk-break"}),
        hidden=frozenset({"calf-raise"}),
    )
    bars = refusals(choose(KNOWN, Situation(person=person)))

    assert bars["standing-flexor-stretch"] == (Bar.RESTING,)
    assert bars["walk-break"] == (Bar.EXCLUDED,)
    assert bars["calf-raise"] == (Bar.HIDDEN,)


def test_an_easier_one_is_a_posture_or_about_a_minute_on_the_feet() -> None:
    for id_ in passing(Situation(person=TOP, easier=True)):
        easy = KNOWN[id_]

        assert easy.switch or (easy.place is Place.STANDING and easy.level is Level.L101)
        assert easy.switch or easy.dose.total <= EASIER_UP_TO


def test_a_minute_is_enough_for_a_whole_short_one() -> None:
    choice = choose(KNOWN, Situation(Room(available=MINUTE), history=FRESH))

    assert choice.loosened == ()
    assert all(each.exercise.switch or each.exercise.dose.total <= MINUTE for each in choice.candidates)


def test_where_no_whole_one_fits_less_of_one_will_do() -> None:
    room = Room(discreet=True, standing_desk=False, available=MINUTE)
    choice = choose(KNOWN, Situation(room, history=History((Offer("calf-raise"),), TRIED)))

    assert choice.loosened == (Bar.LONGER,)
    assert [each.exercise.id for each in choice.candidates] == [
        "walk-break",
        "standing-flexor-stretch",
        "seated-squeeze",
        "standing-squeeze",
        "seated-figure-four",
    ]
    assert choice.length == MINUTE


def test_a_dose_is_not_cut_to_less_than_half_but_any_walk_is_a_walk() -> None:
    room = Room(standing_desk=False, available=20 * SECOND)
    choice = choose(KNOWN, Situation(room))

    assert choice.pick is KNOWN["walk-break"]
    assert choice.length == 20 * SECOND
    assert len(choice.candidates) == 1
    assert Bar.TOO_LONG in refusals(choice)["calf-raise"]


@pytest.mark.parametrize(
    ("situation", "loosened", "pick"),
    [
        (
            Situation(person=Person(excluded=but("glute-bridge")), easier=True),
            (Bar.LONGER, Bar.EASIER),
            "glute-bridge",
        ),
        (
            Situation(
                history=History((Offer("seated-figure-four", Came.DONE),)),
                person=Person(excluded=but("seated-squeeze", "seated-figure-four")),
            ),
            (Bar.LONGER, Bar.EASIER, Bar.UPRIGHT),
            "seated-squeeze",
        ),
        (
            Situation(
                history=History((Offer("calf-raise"), Offer("hip-hinge"), Offer("walk-break", named=True))),
                person=Person(excluded=but("walk-break", "calf-raise", "hip-hinge")),
            ),
            LOOSENED[:4],
            "walk-break",
        ),
        (
            Situation(
                history=History((Offer("calf-raise"), Offer("walk-break"))),
                person=Person(excluded=but("walk-break", "calf-raise")),
            ),
            (*LOOSENED[:4], Bar.LAST_BUT_ONE),
            "calf-raise",
        ),
        (
            Situation(
                Room(available=MINUTE),
                Moment(bout=2 * HOUR),
                History((Offer("walk-break"),)),
                Person(excluded=but("walk-break", "seated-squeeze")),
            ),
            LOOSENED,
            "walk-break",
        ),
    ],
)
def test_the_coach_gives_way_in_its_own_wishes_one_after_the_other(
    situation: Situation, loosened: tuple[Bar, ...], pick: str
) -> None:
    choice = choose(KNOWN, situation)

    assert choice.loosened == loosened
    assert choice.pick is KNOWN[pick]


def test_with_every_way_closed_nothing_is_named() -> None:
    choice = choose(KNOWN, Situation(person=Person(excluded=frozenset(KNOWN))))

    assert choice.pick is None
    assert choice.length == timedelta()
    assert choice.candidates == ()
    assert all(Bar.EXCLUDED in bars for bars in refusals(choice).values())


def ids_in(rows: Iterable[Offer]) -> list[str]:
    return [row.exercise for row in rows]


def test_with_the_floor_the_headline_moves_come_round_when_they_are_done() -> None:
    offers: tuple[Offer, ...] = ()
    done = TRIED
    for n in range(5):
        history = History(offers, tuple(replace(each, ago=each.ago + HOUR / 2) for each in done))
        pick = picked(Situation(history=history))
        offers = (*offers, Offer(pick, Came.DONE))
        done = (*history.done, Done(pick, timedelta(), 0))

        assert KNOWN[pick].family is FAMILY_ORDER[n]
    assert ids_in(offers)[:3] == ["walk-break", "glute-bridge", "standing-flexor-stretch"]
