"""The files that a person writes, as values: the settings, and exercises of their own; all validated."""

from deskbreak.settings.exercises import load_exercises
from deskbreak.settings.kinds import duration
from deskbreak.settings.reading import Fault, load
from deskbreak.settings.reference import as_texts, notes, reference
from deskbreak.settings.values import Evening, Evidence, Place, Run, Settings, Span

__all__ = [
    "Evening",
    "Evidence",
    "Fault",
    "Place",
    "Run",
    "Settings",
    "Span",
    "as_texts",
    "duration",
    "load",
    "load_exercises",
    "notes",
    "reference",
]
