"""Five days told minute by minute come out as they are told, and break no law."""

from difflib import unified_diff
from pathlib import Path

import pytest

from tests.days.office import Office
from tests.days.told import read

TOLD = sorted((Path(__file__).parent / "told").glob("*.txt"))


@pytest.mark.parametrize("file", TOLD, ids=lambda file: str(file.stem))
def test_a_day_comes_out_as_it_is_told(file: Path, tmp_path: Path) -> None:
    story = read(file.read_text("utf-8"))
    office = Office(story, tmp_path)

    office.live()

    told, lived = _tight(story.text), _tight("\n".join([*story.preface, *office.diary.lines]))
    if lived != told:
        raise AssertionError("the day went otherwise:\n" + "\n".join(unified_diff(told, lived, lineterm="")))
    assert office.laws.broken == []


def _tight(text: str) -> list[str]:
    """Empty lines are for the reader's eye."""
    return [line for line in text.split("\n") if line]
