"""A person's own exercises laid over the packaged ones: what is wrong with them stays out and is named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from deskbreak.coach.entries import HIDING, exercise
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.kinds import Circle, Entries, Flaw, NoSuchExercise, Refused, Twice
from deskbreak.coach.library import Library

_OWN = Entries(200)
_LONGEST_NEAR = 40


@dataclass(frozen=True, slots=True)
class Faulty:
    """An entry that has no effect: its id, or where none can be read its number from 1 on.

    `entry` None: nothing at all can be used.
    """

    entry: str | int | None
    flaw: Flaw


def with_own(own: object, base: Library) -> tuple[Library, tuple[Faulty, ...]]:
    """`base` with a person's entries, as JSON gave them, and everything that is wrong with those.

    An entry with the id of an exercise of `base` replaces that one, any other is added at the end.
    `{"id": ..., "hidden": true}` hides an exercise. An entry with a flaw has no effect, nor has one that
    names an easier or harder exercise which is not there, or that is its own easier or harder one.
    """
    kept: dict[str, Exercise] = {}
    hidden: dict[str, bool] = {}
    faulty: list[Faulty] = []
    try:
        entries = _OWN.read(own)
    except Refused as refusal:
        return base, tuple(Faulty(None, flaw) for flaw in refusal.flaws)
    for number, entry in enumerate(entries, 1):
        try:
            id_, found, hides = _read(entry)
        except Refused as refusal:
            faulty += (Faulty(_name(entry, number), flaw) for flaw in refusal.flaws)
            continue
        if id_ in hidden:
            faulty.append(Faulty(id_, Flaw("id", Twice())))
            continue
        hidden[id_] = hides
        if found is not None:
            kept[id_] = found
    while astray := tuple(_dangling(kept, base)) or tuple(_circling(kept, base)):
        faulty += astray
        for id_ in {str(each.entry) for each in astray}:
            del kept[id_], hidden[id_]
    known = base.known | kept
    faulty += (_missing(id_, "id", id_, known) for id_ in hidden if id_ not in known)
    return Library(known, base.hidden | {id_ for id_ in known if hidden.get(id_)}), tuple(faulty)


def nearest(id_: str, known: Iterable[str]) -> str | None:
    """The id most like this one, if any is like it."""
    return next(iter(get_close_matches(id_[:_LONGEST_NEAR].lower(), list(known), n=1)), None)


def _read(entry: object) -> tuple[str, Exercise | None, bool]:
    """The id, the exercise unless the entry does no more than hide one, and whether it is hidden."""
    if isinstance(entry, dict) and "hidden" in entry and entry.keys() <= HIDING.of.keys():
        read = HIDING.read(entry)
        return read["id"], None, read["hidden"]
    found = exercise(entry)
    return found.id, found, isinstance(entry, dict) and entry.get("hidden") is True


def _name(entry: object, number: int) -> str | int:
    id_ = entry.get("id") if isinstance(entry, dict) else None
    return id_ if isinstance(id_, str) and id_ else number


def _dangling(kept: dict[str, Exercise], base: Library) -> Iterator[Faulty]:
    known = base.known | kept
    for each in kept.values():
        for link in ("easier", "harder"):
            target = getattr(each, link)
            if target is not None and target not in known:
                yield _missing(each.id, link, target, known)


def _circling(kept: dict[str, Exercise], base: Library) -> Iterator[Faulty]:
    known = base.known | kept
    for each in kept.values():
        for link in ("easier", "harder"):
            way = _way(each, link, known)
            if way[-1] == each.id:
                yield Faulty(each.id, Flaw(link, Circle((each.id, *way))))


def _way(begin: Exercise, link: str, known: dict[str, Exercise]) -> list[str]:
    """The ids from one to the next, until there is none or one comes again."""
    way = [begin.id]
    while (then := getattr(known[way[-1]], link)) is not None and then not in way[1:]:
        way.append(then)
    return way[1:] or [""]


def _missing(entry: str, field: str, id_: str, known: Iterable[str]) -> Faulty:
    return Faulty(entry, Flaw(field, NoSuchExercise(id_, nearest(id_, known))))
