"""`deskbreak exercises`: what there is to do, and how one of them is done, in words or as a page."""

import json
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Set
from itertools import chain
from textwrap import wrap

from deskbreak.cli.coached import coach
from deskbreak.cli.colours import colours, painted
from deskbreak.cli.parser import unknown
from deskbreak.cli.reading import desk
from deskbreak.coach.exercise import Exercise, Family, Level, Place
from deskbreak.coach.library import Library, by_id, packaged
from deskbreak.coach.screening import outcome
from deskbreak.coach.written import entry
from deskbreak.paths import places
from deskbreak.report.guide import guide
from deskbreak.report.opening import opened, written
from deskbreak.settings import load_exercises
from deskbreak.store.errors import StoreError
from deskbreak.store.screening import read
from deskbreak.words import _
from deskbreak.words.exercises import dose_in_full, family, length, place
from deskbreak.words.safety import ONE_STEP_AWAY

_WIDTH = 80
_INDENT = 12

_HELP = """\
deskbreak exercises show glute-bridge --open shows it in the browser: the figure
moves, time and repetitions are counted, Space starts and pauses. The page needs
no network; it is a private file, and where it is is printed.

Your own exercises stand in exercises.json beside the settings file (deskbreak
config path), as a list of entries:

  [
    {"id": "stairs", "hidden": true},
    {"id": "neck-turn", "name": "Neck turn", "family": "mobility",
     "level": 101, "place": "standing", "quiet": true, "discreet": true,
     "dose": {"reps": 6, "per_side": true, "total_s": 40},
     "cue": "Look over your shoulder.",
     "steps": ["Stand tall.", "Turn your head slowly, six times a side."]}
  ]

An id that there is already replaces that exercise, a new one is added, and
"hidden": true keeps one from being suggested. The fields above are needed,
"quiet" and "discreet" apart (both are false if left out). There are also
"needs_floor", "needs", "muscles", "mistakes", "cautions", "easier" and "harder"
(ids), "sources", "figure", and in "dose" also "sets", "hold_s", "rest_s",
"tempo" and "tempo_bpm".

deskbreak exercises show glute-bridge --json   prints an entry to begin with
deskbreak config check                         names what is wrong in the file
deskbreak reload                               puts it in force
"""


def arguments(parser: ArgumentParser, _name: str) -> None:
    parser.add_argument("--place", choices=[each.value for each in Place], help=_("where the body is"))
    parser.add_argument("--level", type=int, choices=[each.value for each in Level], help=_("how hard it is"))
    parser.add_argument(
        "--family", choices=[each.value for each in Family], metavar="FAMILY",
        help=", ".join(each.value for each in Family),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("print JSON instead"))
    below = parser.add_subparsers(dest="what", metavar="show")
    show = below.add_parser("show", help=_("how one is done: steps, dose, cue, cautions"))
    show.add_argument("id", metavar="ID", help=_("its id, as glute-bridge"))
    how = show.add_mutually_exclusive_group()
    how.add_argument(
        "--open",
        action="store_true",
        help=_("open its guide in the browser: the figure moves, time and repetitions are counted"),
    )
    # What was said before the word `show` holds.
    how.add_argument("--json", action="store_true", default=SUPPRESS, help=_("print JSON instead"))
    parser.epilog = _(_HELP)


def run(args: Namespace) -> int:
    library, faults = load_exercises(places().exercises)
    for fault in faults:
        print(fault, file=sys.stderr)
    if args.what == "show":
        return _show(args, library)
    found = [each for each in library.known.values() if _wanted(each, args)]
    if args.json:
        print(json.dumps([_entry(each, library) for each in found]))
    else:
        left_out = outcome(read(places().screening).in_force, library.known).excluded
        print("\n".join(_table(found, library, left_out, colours())))
    return 0


def _wanted(exercise: Exercise, args: Namespace) -> bool:
    asked = ((args.place, exercise.place), (args.level, exercise.level), (args.family, exercise.family))
    return all(wanted is None or wanted == found for wanted, found in asked)


def _show(args: Namespace, library: Library) -> int:
    exercise = library.known.get(args.id)
    if exercise is None:
        sys.stderr.write(unknown(_("exercise"), args.id, library.known, "deskbreak exercises"))
        return 2
    if not args.json:
        exercise = _in_the_persons_dose(exercise)
    if args.open:
        path = written(guide(exercise, library), f"guide-{exercise.id}", places())
        said = _("The guide is open: {path}") if opened(path) else _("Open this in a browser: {path}")
        print(said.format(path=path))
    elif args.json:
        print(json.dumps(_entry(exercise, library), indent=1))
    else:
        print("\n".join(_page(exercise, library, colours())))
    return 0


def _in_the_persons_dose(exercise: Exercise) -> Exercise:
    """As it would be suggested now; as it stands in the library where nothing was logged yet."""
    try:
        coach(desk())
    except StoreError:
        return exercise
    return by_id()[exercise.id]


def _entry(exercise: Exercise, library: Library) -> dict[str, object]:
    """As it would stand in the person's own file."""
    hidden = {"hidden": True} if exercise.id in library.hidden else {}
    return {**entry(exercise), **hidden}


def _table(found: Iterable[Exercise], library: Library, left_out: Set[str], coloured: bool) -> Iterator[str]:
    found = tuple(found)
    if not found:
        yield _("There is no such exercise. All of them: deskbreak exercises")
        return
    for kind in Family:
        members = [each for each in found if each.family is kind]
        if members:
            yield painted(family(kind), "1", coloured)
            yield from (_row(each, library, each.id in left_out) for each in members)
            yield ""
    if any(each.id in left_out for each in found):
        yield _("Left out by your answers to the health questions: deskbreak screening --show.")
    yield _("How one is done: deskbreak exercises show ID. To start it: deskbreak break ID.")


def _row(exercise: Exercise, library: Library, left_out: bool) -> str:
    marks = [_("discreet")] if exercise.discreet else []
    if exercise is not packaged().known.get(exercise.id):
        marks.append(_("yours"))
    if exercise.id in library.hidden:
        marks.append(_("hidden"))
    if left_out:
        marks.append(_("left out"))
    columns = f"  {exercise.id:<29} {exercise.level.value}  {place(exercise.place):<12}"
    return f"{columns}  {length(exercise):>6}  {', '.join(marks)}".rstrip()


def _page(exercise: Exercise, library: Library, coloured: bool) -> Iterator[str]:
    yield painted(exercise.name, "1", coloured)
    yield ", ".join(_kinds(exercise, library))
    yield ""
    yield from _block(_("dose"), [dose_in_full(exercise)], coloured)
    yield ""
    yield from _block(_("steps"), exercise.steps, coloured, numbered=True)
    yield ""
    yield from _block(_("cue"), [exercise.cue], coloured)
    yield from _block(_("avoid"), exercise.mistakes, coloured)
    yield from _block(_("careful"), exercise.cautions, coloured)
    if exercise.mistakes or exercise.cautions:
        yield ""
    for label, id_ in ((_("easier"), exercise.easier), (_("harder"), exercise.harder)):
        if id_ is not None:
            yield from _block(label, [f"{id_} ({library.known[id_].name})"], coloured)
    yield from _block(_("needs"), exercise.needs, coloured)
    yield from _block(_("trains"), exercise.muscles, coloured)
    yield from _block(_("source"), exercise.sources, coloured)
    yield ""
    yield ONE_STEP_AWAY


def _kinds(exercise: Exercise, library: Library) -> Iterator[str]:
    yield _("{id}: {family} {level}").format(
        id=exercise.id, family=exercise.family.value, level=exercise.level.value
    )
    yield place(exercise.place)
    if exercise.quiet:
        yield _("quiet")
    if exercise.discreet:
        yield _("discreet")
    if exercise.id in library.hidden:
        yield _("hidden: it is not suggested")


def _block(label: str, texts: Iterable[str], coloured: bool, numbered: bool = False) -> Iterator[str]:
    """The texts, each beginning a line, beside their label."""
    lines = chain.from_iterable(
        _wrapped(text, f"{n}. " if numbered else "") for n, text in enumerate(texts, 1)
    )
    beside = painted(f"{label:<{_INDENT - 2}}", "2", coloured)
    for n, line in enumerate(lines):
        yield f"  {beside}{line}" if n == 0 else " " * _INDENT + line


def _wrapped(text: str, number: str) -> list[str]:
    width, indent = _WIDTH - _INDENT, " " * len(number)
    return wrap(_(text), width, initial_indent=number, subsequent_indent=indent, break_on_hyphens=False)
