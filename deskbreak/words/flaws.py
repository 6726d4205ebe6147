"""What is wrong with an exercise of the person's own, in one sentence that says how to mend it."""

from difflib import get_close_matches
from enum import Enum

from deskbreak.coach.kinds import (
    Canvas,
    Circle,
    Entries,
    Fields,
    Flag,
    Flaw,
    Id,
    Joint,
    Kind,
    Missing,
    NoSuchExercise,
    NoSuchField,
    NotAllowed,
    Number,
    OneOf,
    Text,
    Texts,
    Twice,
    Whole,
)
from deskbreak.coach.own import Faulty
from deskbreak.words import _

_SHOWN = 40
_WAY = 5


def place_of(faulty: Faulty) -> str | None:
    """`glute-bridge, dose.reps`: the entry and the field; None where the whole file is meant."""
    match faulty.entry:
        case None:
            return None
        case int(number):
            entry = _("entry {number}").format(number=number)
        case str(id_):
            entry = shown_name(id_)
    return f"{entry}, {_path(faulty.flaw.field)}" if faulty.flaw.field else entry


def sentence(flaw: Flaw) -> str:
    """What is wrong and what to write instead, to follow the place."""
    match flaw.reason:
        case NotAllowed(kind, found):
            return _("must be {allowed}, not {found}").format(allowed=allowed(kind), found=shown(found))
        case Missing(kind):
            return _("is missing: add {allowed}").format(allowed=allowed(kind))
        case NoSuchField(name, fields):
            close = get_close_matches(name[:_SHOWN].lower(), fields, n=1)
            if close:
                return _("there is no such field: take it out, or write {field}").format(field=close[0])
            return _("there is no such field: take it out (deskbreak help exercises lists them)")
        case NoSuchExercise(id_, None):
            return _("there is no exercise {id}: write an id that deskbreak exercises lists").format(
                id=shown_name(id_)
            )
        case NoSuchExercise(id_, near):
            return _("there is no exercise {id}: write {near}, or another id").format(
                id=shown_name(id_), near=near
            )
        case Twice():
            return _("is there twice: the first one counts, take the others out")
        case Circle(ids):
            return _("leads round in a circle ({ids}): let one of them name none").format(
                ids=" > ".join(ids[:_WAY])
            )


def allowed(kind: Kind) -> str:
    """What may stand there, to follow "must be"."""
    match kind:
        case Whole(least, most):
            return _("a whole number from {least} to {most}").format(least=least, most=most)
        case Number(least, most):
            return _("a number from {least:g} to {most:g}").format(least=least, most=most)
        case Flag():
            return _("true or false")
        case Text(longest):
            return _("one line of 1 to {longest} printable characters").format(longest=longest)
        case Texts(longest, least, most):
            return _("a list of {least} to {most} lines of up to {longest} printable characters").format(
                least=least, most=most, longest=longest
            )
        case OneOf(choices):
            return _("one of {choices}").format(choices=", ".join(_choice(one) for one in choices))
        case Id():
            return _('an id of small letters, digits and hyphens, such as "glute-bridge"')
        case Joint():
            return _("a point [x, y] with x from -12 to 108 and y from 0 to 100")
        case Canvas():
            return "[-12, 0, 120, 100]"
        case Entries(most):
            return _("a list of at most {most} entries, [ {{...}}, {{...}} ]").format(most=most)
        case Fields(of):
            needed = [name for name, field in of.items() if field.needed]
            return _("an object with {fields}").format(fields=", ".join(needed or of))


def shown(found: object) -> str:
    """The value on one line, and not all of a long one."""
    match found:
        case None:
            return "null"
        case bool():
            return "true" if found else "false"
        case dict():
            return _("an object")
        case list():
            return _("a list of {number}").format(number=len(found))
        case str():
            return ascii(found[:_SHOWN]) + ("..." if len(found) > _SHOWN else "")
        case _:
            return str(found)[:_SHOWN]


def shown_name(name: str) -> str:
    """A name that somebody else wrote, safe on a terminal."""
    short = name[:_SHOWN]
    return short if short.isascii() and short.isprintable() and short else ascii(short)


def _path(field: str) -> str:
    return ".".join(map(shown_name, field.split(".")[:6]))


def _choice(one: Enum) -> str:
    return f'"{one.value}"' if isinstance(one.value, str) else str(one.value)
