"""A person's own entries replace, add and hide; a wrong one has no effect, and says where and what."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.coach.entries import ENTRY, decoded
from deskbreak.coach.exercise import Place
from deskbreak.coach.kinds import Circle, Flaw, Missing, NoSuchExercise, NoSuchField, NotAllowed, Twice
from deskbreak.coach.library import packaged
from deskbreak.coach.own import with_own
from deskbreak.coach.written import entry

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def own(id_: str = "neck-turn", **fields: object) -> dict[str, Any]:
    """As little as an entry can say."""
    least = {
        "id": id_,
        "name": "Neck turn",
        "family": "mobility",
        "level": 101,
        "place": "standing",
        "dose": {"total_s": 40},
        "cue": "Look over your shoulder.",
        "steps": ["Stand tall.", "Turn your head."],
    }
    return {**least, **fields}


def flaws(*entries: object) -> list[tuple[str | int | None, str]]:
    _library, faulty = with_own(list(entries), packaged())
    return [(each.entry, each.flaw.field) for each in faulty]


def only_flaw(*entries: object) -> Flaw:
    _library, faulty = with_own(list(entries), packaged())
    (flaw,) = [each.flaw for each in faulty]
    return flaw


def test_a_new_exercise_comes_behind_the_packaged_ones() -> None:
    library, faulty = with_own([own()], packaged())

    assert not faulty
    assert [each.id for each in library.shown] == [*packaged().known, "neck-turn"]


def test_what_an_entry_leaves_out_is_taken_as_carefully_as_can_be() -> None:
    library, _faulty = with_own([own(place="floor", easier=None)], packaged())
    added = library.known["neck-turn"]

    assert added.place is Place.FLOOR
    assert added.needs_floor
    assert not added.quiet
    assert not added.discreet
    assert (added.dose.sets, added.dose.reps, added.easier, added.figure) == (1, 1, None, None)


def test_an_entry_with_a_known_id_replaces_that_exercise_in_its_place() -> None:
    library, faulty = with_own([own("glute-bridge", name="My bridge")], packaged())

    assert not faulty
    assert library.known["glute-bridge"].name == "My bridge"
    assert list(library.known) == list(packaged().known)
    assert packaged().known["glute-bridge"].name == "Glute bridge"


def test_an_exercise_is_hidden_by_its_id_alone_and_keeps_its_name() -> None:
    library, faulty = with_own([{"id": "stairs", "hidden": True}], packaged())

    assert not faulty
    assert "stairs" not in [each.id for each in library.shown]
    assert library.known["stairs"].name == "Stair climb"


def test_one_of_their_own_is_hidden_in_its_entry() -> None:
    library, faulty = with_own([own(hidden=True), own("other", hidden=False)], packaged())

    assert not faulty
    assert library.hidden == {"neck-turn"}
    assert library.shown[-1].id == "other"


@pytest.mark.parametrize("each", packaged().known.values(), ids=lambda each: each.id)
def test_a_packaged_exercise_can_be_copied_into_a_file_of_ones_own(each: Any) -> None:
    library, faulty = with_own([entry(each)], packaged())

    assert not faulty
    assert library == packaged()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "\x1b[31mred"}, "name"),
        ({"cue": "\ud800"}, "cue"),
        ({"cue": "one\ntwo"}, "cue"),
        ({"cue": "\u202eback"}, "cue"),
        ({"family": "arms"}, "family"),
        ({"family": ["hip"]}, "family"),
        ({"level": 102}, "level"),
        ({"level": 101.0}, "level"),
        ({"level": "101"}, "level"),
        ({"level": True}, "level"),
        ({"place": "bed"}, "place"),
        ({"quiet": 1}, "quiet"),
        ({"quiet": "yes"}, "quiet"),
        ({"dose": 5}, "dose"),
        ({"dose": {"total_s": -40}}, "dose.total_s"),
        ({"dose": {"total_s": math.nan}}, "dose.total_s"),
        ({"dose": {"total_s": math.inf}}, "dose.total_s"),
        ({"dose": {"total_s": True}}, "dose.total_s"),
        ({"dose": {"total_s": 40, "hold_s": 41}}, "dose.total_s"),
        ({"dose": {"total_s": 40, "reps": 0}}, "dose.reps"),
        ({"dose": {"total_s": 40, "reps": 2.0}}, "dose.reps"),
        ({"dose": {"total_s": 40, "tempo_bpm": 240}}, "dose.tempo_bpm"),
        ({"steps": []}, "steps"),
        ({"steps": ["x"] * 21}, "steps"),
        ({"steps": "x"}, "steps"),
        ({"steps": ["x", 2]}, "steps.2"),
        ({"easier": "Neck Turn"}, "easier"),
        ({"harder": 7}, "harder"),
        ({"figure": []}, "figure"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_its_field(fields: dict[str, Any], field: str) -> None:
    flaw = only_flaw(own(**fields))

    assert flaw.field == field
    assert isinstance(flaw.reason, NotAllowed)


def figure(**start: object) -> dict[str, Any]:
    drawn = entry(packaged().known["stairs"])["figure"]
    assert isinstance(drawn, dict)
    return {**drawn, "start": {**drawn["start"], **start}}


@pytest.mark.parametrize(
    "point", [[1], [1, 2, 3], [1, "2"], [109, 5], [5, -1], [math.nan, 5], "hip", {"x": 1}]
)
def test_a_joint_stands_on_the_canvas(point: object) -> None:
    flaw = only_flaw(own(figure=figure(hip=point)))

    assert flaw.field == "figure.start.hip"
    assert isinstance(flaw.reason, NotAllowed)


def test_a_limb_is_drawn_whole_or_not_at_all() -> None:
    flaw = only_flaw(own(figure=figure(ankleF=None)))

    assert flaw.field == "figure.start.ankleF"
    assert isinstance(flaw.reason, Missing)


def test_there_is_one_canvas() -> None:
    assert flaws(own(figure={**figure(), "viewbox": [0, 0, 100, 100]})) == [("neck-turn", "figure.viewbox")]


def test_a_field_that_there_is_not_is_a_slip() -> None:
    flaw = only_flaw(own(stpes=["x"]))

    assert flaw.field == "stpes"
    assert isinstance(flaw.reason, NoSuchField)
    assert (flaw.reason.name, flaw.reason.fields) == ("stpes", tuple(ENTRY.of))


def test_of_many_strange_fields_a_few_are_named() -> None:
    assert len(flaws({**own(), **{f"field{n}": n for n in range(1000)}})) == 5


def test_every_flaw_of_an_entry_is_named() -> None:
    assert flaws({"id": "neck-turn", "name": 7, "level": 101}) == [
        ("neck-turn", field) for field in ("name", "family", "place", "dose", "cue", "steps")
    ]


@pytest.mark.parametrize("nonsense", [None, 5, "stairs", [], [["id", "stairs"]], {"name": "x"}, {"id": 5}])
def test_an_entry_without_an_id_is_named_by_its_number(nonsense: object) -> None:
    library, faulty = with_own([own(), nonsense], packaged())

    assert {each.entry for each in faulty} == {2}
    assert "neck-turn" in library.known


@pytest.mark.parametrize("nonsense", [None, {}, "x", 5, [own(f"own-{n}") for n in range(201)]])
def test_what_is_no_list_of_entries_changes_nothing(nonsense: object) -> None:
    library, (fault,) = with_own(nonsense, packaged())

    assert library == packaged()
    assert fault.entry is None
    assert isinstance(fault.flaw.reason, NotAllowed)


def test_the_first_of_two_with_the_same_id_counts() -> None:
    library, faulty = with_own([own(name="One"), own(name="Two")], packaged())

    assert library.known["neck-turn"].name == "One"
    assert [(each.entry, each.flaw.field) for each in faulty] == [("neck-turn", "id")]
    assert isinstance(faulty[0].flaw.reason, Twice)


@pytest.mark.parametrize(("id_", "nearest"), [("stair", "stairs"), ("qqqq", None)])
def test_only_what_is_there_can_be_hidden(id_: str, nearest: str | None) -> None:
    reason = only_flaw({"id": id_, "hidden": True}).reason

    assert isinstance(reason, NoSuchExercise)
    assert (reason.id, reason.nearest) == (id_, nearest)


def test_hidden_is_said_as_true_or_false() -> None:
    assert flaws({"id": "stairs", "hidden": 1}) == [("stairs", "hidden")]


def test_an_entry_that_leads_to_nothing_is_left_out_and_so_is_what_leads_to_it() -> None:
    library, faulty = with_own(
        [own("one", harder="two"), own("two", harder="three"), own("four", easier="stairs")], packaged()
    )

    assert [each.entry for each in faulty] == ["two", "one"]
    assert [each.id for each in library.shown if each.id not in packaged().known] == ["four"]


def test_a_circle_of_ones_own_is_left_out() -> None:
    library, faulty = with_own(
        [own("one", easier="two"), own("two", easier="one"), own("three", easier="three")], packaged()
    )

    assert library == packaged()
    ways = [each.flaw.reason.ids for each in faulty if isinstance(each.flaw.reason, Circle)]
    assert ways == [("one", "two", "one"), ("two", "one", "two"), ("three", "three")]


def test_a_circle_through_packaged_ones_gives_those_back() -> None:
    library, faulty = with_own(
        [own("glute-bridge", easier="marching-bridge", hidden=True), own("x", easier="glute-bridge")],
        packaged(),
    )

    assert [each.entry for each in faulty] == ["glute-bridge"]
    assert library.known["glute-bridge"] == packaged().known["glute-bridge"]
    assert library.hidden == frozenset()
    assert library.known["x"].easier == "glute-bridge"


@pytest.mark.parametrize("drawn", [None, {**figure(), "note": None}])
def test_one_of_their_own_is_written_as_it_was_read(drawn: object) -> None:
    library, _faulty = with_own([own(figure=drawn)], packaged())
    again, faulty = with_own([entry(library.known["neck-turn"])], packaged())

    assert not faulty
    assert again == library


def test_a_number_of_thousands_of_digits_costs_its_own_entry_only() -> None:
    read = decoded('[{"id": "stairs", "hidden": true}, {"id": "x", "level": ' + "9" * 5000 + "}]")
    library, faulty = with_own(read, packaged())

    assert library.hidden == {"stairs"}
    assert ("x", "level") in [(each.entry, each.flaw.field) for each in faulty]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        JSON
        | st.builds(
            own,
            st.sampled_from(["one", "two", "glute-bridge"]),
            easier=st.sampled_from(["one", "two", "glute-bridge", "stairs", None]),
            level=JSON | st.just(101),
        ),
        max_size=6,
    )
)
def test_whatever_a_file_says_the_packaged_exercises_stay_and_every_link_leads_somewhere(
    entries: list[object],
) -> None:
    library, _faulty = with_own(entries, packaged())

    assert library.known.keys() >= packaged().known.keys()
    assert library.hidden <= library.known.keys()
    for each in library.known.values():
        assert each.easier is None or each.easier in library.known
        assert each.harder is None or each.harder in library.known
