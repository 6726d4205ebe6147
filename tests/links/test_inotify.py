"""The kernel's word of files: what is told, and what cannot be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.links import inotify
from deskbreak.links.inotify import Inotify, InotifyError

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def notices() -> Iterator[Inotify]:
    each = Inotify()
    yield each
    each.close()


def test_what_comes_into_a_folder_and_who_opens_a_file_is_told(notices: Inotify, tmp_path: Path) -> None:
    notices.watch(tmp_path, inotify.CREATE | inotify.DELETE)
    camera = tmp_path / "video0"
    camera.touch()
    created = notices.changes()
    notices.watch(camera, inotify.OPEN | inotify.CLOSE)

    camera.read_bytes()
    opened = notices.changes()

    assert [change.name for change in created] == ["video0"]
    assert [change.name for change in opened] == ["", ""]
    assert notices.changes() == ()


def test_what_is_not_there_cannot_be_watched(notices: Inotify, tmp_path: Path) -> None:
    with pytest.raises(InotifyError, match="video7: No such file"):
        notices.watch(tmp_path / "video7", inotify.OPEN)


def test_when_more_happens_than_is_kept_that_is_told(notices: Inotify, tmp_path: Path) -> None:
    kept = int(QUEUE.read_text())
    if kept > 100_000:
        pytest.skip(f"the system keeps {kept} changes")
    notices.watch(tmp_path, inotify.CREATE | inotify.DELETE)
    for number in range(kept // 2 + 1):
        (tmp_path / f"{number}").touch()
        (tmp_path / f"{number}").unlink()

    told = notices.changes()

    assert len(told) == kept + 1
    assert [change.lost for change in told[-2:]] == [False, True]
