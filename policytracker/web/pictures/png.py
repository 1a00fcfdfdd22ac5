"""From SVG to PNG, with fonts that come with the program."""

from pathlib import Path

from policytracker.installing import way_to_install
from policytracker.web.charts.letters import FAMILY, has_shipped_letters

FONTS = Path(__file__).parent.parent / "fonts"


class MissingPackage(Exception):
    """What draws PNG is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PNG pictures need the package resvg_py, which is not installed; whoever runs the server installs it with "
            f"`{way_to_install('resvg_py')}`. The same picture is there as SVG"
        )


def png(svg: str, zoom: int = 1) -> bytes:
    """A drawing as PNG, so many times as large as the drawing says. Raises MissingPackage.

    Only a text with letters that the shipped fonts lack, such as Chinese, makes it look for the fonts of the machine:
    that takes a while where there are many.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise MissingPackage from error
    return svg_to_bytes(
        svg_string=svg,
        zoom=zoom,
        skip_system_fonts=has_shipped_letters(svg),
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
        sans_serif_family=FAMILY,
        font_family=FAMILY,
    )
