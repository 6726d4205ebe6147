"""Puts a backup in the place of the log; at every moment a whole log bears the log's name."""

import contextlib
import os
import shutil
from datetime import date
from pathlib import Path

from deskbreak.paths import Places, not_ours, private_file, private_folder
from deskbreak.store.backup import check, clear, free_name, sync, verified
from deskbreak.store.errors import StoreError, told
from deskbreak.store.migrate import migrate, migrations
from deskbreak.store.wreck import beside, connected, wal_is_filled
from deskbreak.words import _

_BESIDE = ("-wal", "-shm", "-journal")


def restore(places: Places, source: Path, today: date) -> Path | None:
    """Has the log be what `source` is; returns where the one before it was kept, None where there was none.

    `source` may be of an older schema, and stays as it is. Only who holds the writer's lock may do this.
    Raises `DeskbreakError`, and then the log is as it was.
    """
    log = places.log
    private_folder(places.data)
    beginning = beside(log, ".restoring")
    with told(log), contextlib.suppress(FileNotFoundError):
        if refusal := not_ours(os.lstat(log)):
            raise StoreError(refusal, log)
        if os.path.lexists(source) and os.path.samefile(source, log):
            raise StoreError(_("this is the log itself"), source)
    try:
        with verified(source) as old, told(beginning):
            clear(beginning)
            private_file(beginning)
            with contextlib.closing(connected(beginning, "mode=rw")) as new:
                old.backup(new)
                new.execute("PRAGMA journal_mode = DELETE")
                migrate(new, migrations())
                check(new, source)
            sync(beginning)
        with told(log):
            kept = _kept(log, today)
            # A -wal of the old log would be played into the new one (https://www.sqlite.org/wal.html, 4).
            for ending in _BESIDE:
                beside(log, ending).unlink(missing_ok=True)
            beginning.replace(log)
            sync(log.parent)
        private_folder(places.marker.parent)
        private_file(places.marker)
    finally:
        clear(beginning)
    return kept


def _kept(log: Path, today: date) -> Path | None:
    """A copy of the log under a dated name, in one file if SQLite can still read it."""
    if not os.path.lexists(log) and not wal_is_filled(log):
        return None
    # Whoever closes a sound database last takes its -wal into it, and away. Any other is kept as it lies.
    with contextlib.suppress(StoreError):
        with verified(log):
            pass
        with told(log), contextlib.closing(connected(log, "mode=rw")) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = free_name(log.with_name(f"{log.stem}.replaced-{today.isoformat()}{log.suffix}"))
    for ending in ("", *_BESIDE):
        if os.path.lexists(beside(log, ending)):
            private_file(beside(kept, ending))
            shutil.copyfile(beside(log, ending), beside(kept, ending))
            sync(beside(kept, ending))
    sync(log.parent)
    return kept
