"""Looking at a real screen: where the icon is, where a menu is open, what is drawn."""

from pathlib import Path

from PIL import Image, ImageChops

from deskbreak.desktop.icons import GROUND, Colour
from tests.e2e.desk import A_CLICK_TAKES, Desk, comes, until

Box = tuple[int, int, int, int]
PANEL: Box = (0, 0, 1024, 30)
BELOW: Box = (0, 32, 1024, 640)
WHOLE: Box = (0, 0, 1024, 640)


class Screen:
    """What can be seen, and where; every look leaves a file in `folder`."""

    def __init__(self, desk: Desk, folder: Path, panel: Box = PANEL, beside: Box = BELOW) -> None:
        self.desk = desk
        self._folder = folder
        self._panel = panel
        self._beside = beside
        self._count = 0

    def look(self, box: Box = WHOLE) -> Image.Image:
        self._count += 1
        path = self.desk.screenshot(self._folder / f"screen-{self._count:02}.png")
        with Image.open(path) as image:
            return image.convert("RGB").crop(box)

    def icons(self) -> list[tuple[int, int]]:
        """Points within the icons in the panel, found by the dark ground of ours."""
        ours = near(self.look(self._panel), GROUND)
        columns = [x for x in range(ours.width) if ours.crop((x, 0, x + 1, ours.height)).getbbox()]
        starts = [x for x in columns if not any(x - near in columns for near in range(1, 12))]
        return [(x + 10, (self._panel[1] + self._panel[3]) // 2) for x in starts]

    def icon(self) -> tuple[int, int]:
        until(lambda: len(self.icons()) == 1, "one icon is in the panel")
        return self.icons()[0]

    def shows(self, colour: Colour) -> bool:
        return near(self.look(self._panel), colour).getbbox() is not None

    def menu(self) -> Box | None:
        """Where something is open beside the panel (the root window is black)."""
        box = self.look(self._beside).getbbox()
        return box and (box[0], box[1] + self._beside[1], box[2], box[3] + self._beside[1])

    def open_menu(self) -> Box:
        x, y = self.icon()

        def opened() -> bool:
            # A click on a slow desktop is not repeated at once: the second one would open a second menu.
            self.desk.click(x, y)
            return comes(lambda: self.menu() is not None, A_CLICK_TAKES)

        until(lambda: self.menu() is not None or opened(), "the menu is open")
        return self.still()

    def still(self) -> Box:
        """The menu, once it has been drawn to the end."""
        seen = [self.look()]

        def unchanged() -> bool:
            seen.append(self.look())
            return ImageChops.difference(seen[-1], seen[-2]).getbbox() is None

        until(unchanged, "the menu stands still")
        box = self.menu()
        assert box is not None
        return box


def near(image: Image.Image, colour: Colour) -> Image.Image:
    """White where the image has this colour, or nearly."""
    plain = Image.new("RGB", image.size, colour[:3])
    bands = [
        band.point(lambda off: 255 if off < 12 else 0) for band in ImageChops.difference(image, plain).split()
    ]
    return ImageChops.multiply(ImageChops.multiply(bands[0], bands[1]), bands[2])


def row(menu: Box, number: int, of: int) -> tuple[int, int]:
    """The middle of a row, counting all rows alike."""
    return menu[0] + 60, menu[1] + round((number + 0.5) * (menu[3] - menu[1]) / of)
