"""``python -m benchmarks.constant``: Starlette pages that are a constant, or a table from one, on the same server."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from policytracker.web import serving
from policytracker.web.rendering import environment

MOST = 64
TABLE = """<!doctype html>
<html lang="en"><head><title>A table</title></head><body>
<table>
<tr><td></td>{% for link in names %}<th scope="col"><a href="{{ link.href }}">{{ link.text }}</a></th>{% endfor %}</tr>
{% for cells in rows %}
<tr>
{% for cell in cells %}<td class="{{ cell.classes }}"><a href="{{ cell.href }}">{{ cell.text }}</a></td>{% endfor %}
</tr>
{% endfor %}
</table></body></html>"""
LINK = "/cell/company-{row}/chip-{column}?at=2026-01-28&known=2026-01-28T12%3A00Z"
CELL = {"classes": "status low-blocked high-cleared uncertain", "text": "blocked … cleared"}
NAMES = [{"href": LINK.format(row=0, column=column), "text": f"A company, {column}"} for column in range(2 * MOST)]
CELLS = [[{**CELL, "href": LINK.format(row=row, column=column)} for column in range(MOST)] for row in range(MOST)]


def application() -> Starlette:
    """``/ROWS/COLUMNS/NAMES`` is a table with so many links, ``/SIZE`` a text of so many characters."""
    template = environment().from_string(TABLE)

    async def table(request: Request) -> HTMLResponse:
        rows, columns, names = (request.path_params[name] for name in ("rows", "columns", "names"))
        return HTMLResponse(template.render(rows=[row[:columns] for row in CELLS[:rows]], names=NAMES[:names]))

    async def text(request: Request) -> HTMLResponse:
        return HTMLResponse("a" * request.path_params["size"])

    return Starlette(routes=[Route("/{size:int}", text), Route("/{rows:int}/{columns:int}/{names:int}", table)])


if __name__ == "__main__":
    listening = serving.listen("127.0.0.1", 0)
    address = serving.address("127.0.0.1", listening)
    serving.serve(application(), listening, lambda: print(f"open {address}", flush=True))
