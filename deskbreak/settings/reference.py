"""The settings in force as text: the reference that `config show` prints, and what the log keeps."""

from datetime import timedelta

from deskbreak.settings.kinds import Duration, brief
from deskbreak.settings.registry import KEYS, Key
from deskbreak.settings.values import Settings
from deskbreak.words import _


def reference(settings: Settings) -> str:
    """Every key with its value in force, what it is for, what is allowed and its default, as TOML.

    Read again, it gives the same settings.
    """
    return "\n".join(_entry(key, settings) for key in KEYS)


def as_texts(settings: Settings) -> dict[str, str]:
    """Every key with its value as TOML."""
    return {key.name: key.kind.written(getattr(settings, key.name)) for key in KEYS}


def notes(settings: Settings) -> tuple[str, ...]:
    """One line for each value that is in force and yet outside what is sensible."""
    found = ((key, _sensible(key), getattr(settings, key.name)) for key in KEYS)
    return tuple(
        _("{key} = {value} is unusual: {least} to {most} is sensible").format(
            key=key.name, value=brief(value), least=brief(sensible[0]), most=brief(sensible[1])
        )
        for key, sensible, value in found
        if sensible and not sensible[0] <= value <= sensible[1]
    )


def _sensible(key: Key) -> tuple[timedelta, timedelta] | None:
    return key.kind.sensible if isinstance(key.kind, Duration) else None


def _entry(key: Key, settings: Settings) -> str:
    allowed = key.kind.allowed
    lines = [key.doc, _("Allowed: {allowed}.").format(allowed=allowed)]
    if sensible := _sensible(key):
        lines.append(
            _("Sensible: {least} to {most}.").format(least=brief(sensible[0]), most=brief(sensible[1]))
        )
    lines.append(_("Default: {value}").format(value=key.kind.written(getattr(Settings(), key.name))))
    comment = "".join(f"# {line}\n" for line in lines)
    return f"{comment}{key.name} = {key.kind.written(getattr(settings, key.name))}\n"
