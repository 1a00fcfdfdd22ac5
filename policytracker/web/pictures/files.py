"""A drawing as two files: SVG, and the same as PNG."""

from collections.abc import Callable

from policytracker.web.addresses import Addresses
from policytracker.web.page import Parameter, Picture, Question
from policytracker.web.pictures.png import png

SVG, PNG = "image/svg+xml", "image/png"
ZOOM = 2
"""Of PNG, so that they are sharp on dense screens and on paper."""
Drawing = Callable[[Question, Addresses], str]
"""Makes the SVG."""


def svg_and_png(
    name: str,
    path: str,
    says: str,
    drawing: Drawing,
    is_whole: bool = False,
    parameters: tuple[Parameter, ...] = (),
) -> tuple[Picture, Picture]:
    """Both files of a drawing; name and path are given without the ending, and what it says without the form."""
    return (
        Picture(
            name=f"{name}-svg",
            path=f"{path}.svg",
            says=f"{says}, as a drawing (SVG).",
            media_type=SVG,
            body=lambda question, to: drawing(question, to).encode(),
            is_whole=is_whole,
            parameters=parameters,
        ),
        Picture(
            name=f"{name}-png",
            path=f"{path}.png",
            says=f"{says}, as a picture (PNG).",
            media_type=PNG,
            body=lambda question, to: png(drawing(question, to), ZOOM),
            is_whole=is_whole,
            parameters=parameters,
        ),
    )
