"""How the program speaks: every text for the person passes `_`, so that a catalogue has one place."""

from gettext import NullTranslations

_catalogue = NullTranslations()

_ = _catalogue.gettext
ngettext = _catalogue.ngettext
