"""The icon tells every state apart without colour, on any panel, at the sizes that panels use."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deskbreak.core.postures import Posture
from deskbreak.desktop.icons import SHARE_STEPS, draw
from deskbreak.ports import Face

PANEL_SIZES = [16, 22, 24, 32, 48]
PANELS = {"white": 255, "light": 246, "middle": 128, "dark": 43, "black": 0}

SITTING = Face(Posture.SITTING)
FACES = {
    "sitting": SITTING,
    "standing": Face(Posture.STANDING),
    "moving": Face(Posture.MOVING),
    "away": Face(Posture.AWAY),
    "unknown": Face(Posture.UNKNOWN),
    "off": Face(Posture.UNKNOWN, tracking=False),
    "due": replace(SITTING, due=True),
    "silent": replace(SITTING, silent=True),
    "fault": replace(SITTING, fault=True),
    "half the limit": replace(SITTING, share=0.5),
}


def grey(face: Face, size: int, panel: int) -> list[int]:
    """The icon on a panel, seen without any colour."""
    ground = Image.new("RGBA", (size, size), (panel, panel, panel, 255))
    return list(Image.alpha_composite(ground, draw(face, size)).convert("L").tobytes())


def contrast(one: int, other: int) -> float:
    """WCAG 2.1, "contrast ratio", of two greys."""
    dark, light = sorted(float((grey / 255) ** 2.2) for grey in (one, other))
    return (light + 0.05) / (dark + 0.05)


def spread(pixels: list[int]) -> int:
    return max(pixels) - min(pixels)


@pytest.mark.parametrize("size", PANEL_SIZES)
@pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)
def test_no_two_states_look_alike_without_colour(size: int, panel: int) -> None:
    seen = {name: grey(face, size, panel) for name, face in FACES.items()}

    for one, other in combinations(seen, 2):
        apart = sum(abs(a - b) > 48 for a, b in zip(seen[one], seen[other], strict=True))
        assert apart >= size * size // 25, f"{one} and {other} are too much alike"


@pytest.mark.parametrize("size", PANEL_SIZES)
@pytest.mark.parametrize("name", FACES)
def test_the_icon_brings_its_own_contrast_to_any_panel(size: int, name: str) -> None:
    for panel in PANELS.values():
        pixels = grey(FACES[name], size, panel)

        assert spread(pixels) > 120
        assert sum(contrast(pixel, panel) >= 3 for pixel in pixels) >= size * size // 12


@pytest.mark.parametrize("size", PANEL_SIZES)
def test_the_ring_only_grows_as_the_limit_comes_near(size: int) -> None:
    ring = [sum(grey(replace(SITTING, share=step / SHARE_STEPS), size, 0)) for step in range(SHARE_STEPS + 1)]

    assert ring == sorted(ring)
    assert len(set(ring)) == SHARE_STEPS + 1


def test_a_few_seconds_of_sitting_do_not_make_a_new_icon() -> None:
    assert draw(replace(SITTING, share=0.500), 22) is draw(replace(SITTING, share=0.505), 22)


def test_a_reminder_that_waits_silently_does_not_shout() -> None:
    silent = replace(SITTING, share=1.0, silent=True)

    assert draw(replace(silent, due=True), 22).tobytes() == draw(silent, 22).tobytes()


@given(share=st.floats(), size=st.integers(8, 128))
def test_every_share_and_size_can_be_drawn(share: float, size: int) -> None:
    icon = draw(replace(SITTING, share=share), size)

    assert (icon.mode, icon.size) == ("RGBA", (size, size))
