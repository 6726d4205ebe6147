"""Tells that a server's socket may have come to its place, so that nobody looks for it again and again."""

from pathlib import Path

from deskbreak.links.inotify import CREATE, MOVED_HERE, Inotify, InotifyError


class Arrival:
    """Watches the folder of `path`, or while that is missing the one above it, for `path` to be made.

    None of it works where the system tells nothing of files: `told` is False then.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._news: Inotify | None = None

    @property
    def told(self) -> bool:
        """Whether it may be waited for by `fileno`."""
        return self._news is not None

    @property
    def there(self) -> bool:
        """Whether something is in its place, whose server may come without making it anew."""
        return self._path.exists()

    def fileno(self) -> int:
        assert self._news is not None
        return self._news.fileno()

    def watch(self) -> None:
        """From now on; to be called again before each wait, as the folder itself may have come by then."""
        try:
            news = self._news or Inotify()
        except InotifyError:
            return
        # Nobody looks further up: folders there are full of strangers' news.
        for folder in (self._path.parent, self._path.parent.parent):
            try:
                news.watch(folder, CREATE | MOVED_HERE)
            except InotifyError:
                continue
            self._news = news
            return
        news.close()
        self._news = None

    def came(self) -> bool:
        """Whether what was made since may be it."""
        assert self._news is not None
        names = {self._path.name, self._path.parent.name}
        return any(change.lost or change.name in names for change in self._news.changes())

    def close(self) -> None:
        if self._news is not None:
            self._news.close()
            self._news = None
