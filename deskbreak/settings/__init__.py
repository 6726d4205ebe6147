"""TOML to `Settings`: frozen, validated, every key documented; it alone reads the settings file."""

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
    "notes",
    "reference",
]
