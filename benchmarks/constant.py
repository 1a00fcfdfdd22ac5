"""``python -m benchmarks.constant``: a Starlette page that renders a table from a constant, on the same server."""

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from policytracker.web import serving

TABLE = """<!doctype html>
<html lang="en"><head><title>A table</title></head><body>
<table>
{% for row in rows %}
<tr><th scope="row"><a href="{{ row.href }}">{{ row.name }}</a></th>
{% for cell in row.cells %}<td class="{{ cell.classes }}"><a href="{{ cell.href }}">{{ cell.text }}</a></td>{% endfor %}
</tr>
{% endfor %}
</table></body></html>"""
CELL = {"classes": "status low-blocked high-cleared uncertain", "text": "blocked … cleared"}
LINK = "/company/company-{row}?at=2026-01-28&known=2026-01-28T12%3A00Z"


def application() -> Starlette:
    """``/ROWS/COLUMNS`` is a table of that size, ``/same`` a page that has not changed."""
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(TABLE)
    constant = [
        {
            "name": f"Company {row}",
            "href": LINK.format(row=row),
            "cells": [{**CELL, "href": f"{LINK.format(row=row)}&chip={column}"} for column in range(40)],
        }
        for row in range(40)
    ]

    async def table(request: Request) -> HTMLResponse:
        rows, columns = request.path_params["rows"], request.path_params["columns"]
        part = [{**row, "cells": row["cells"][:columns]} for row in constant[:rows]]
        return HTMLResponse(template.render(rows=part))

    async def same(request: Request) -> Response:
        return Response(status_code=304, headers={"etag": '"the same"'})

    return Starlette(routes=[Route("/{rows:int}/{columns:int}", table), Route("/same", same)])


if __name__ == "__main__":
    listening = serving.listen("127.0.0.1", 0)
    address = serving.address("127.0.0.1", listening)
    serving.serve(application(), listening, lambda: print(f"open {address}", flush=True))
