"""A real server in a process of its own, and a real client of the SDK."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent

from tests.demo import demo as demo

Found = TypeVar("Found")


class Answered(NamedTuple):
    """What a tool gave."""

    is_error: bool
    text: str
    """What an assistant reads."""
    found: dict[str, Any]
    """The same as data; nothing of an error."""


Ask = Callable[..., list[Answered]]
"""Asks a server some tools, one after the other: each a name and its arguments."""
AskOf = Callable[..., list[Answered]]
"""The same of a server that answers for the ledger given first."""


def session(ledger: Path) -> Client:
    """A client of a server that answers for a ledger."""
    arguments = ["-m", "policytracker.cli.main", "--ledger", str(ledger), "mcp"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return Client(stdio_client(StdioServerParameters(command=sys.executable, args=arguments, env=environment)))


def run_apart(coroutine: Coroutine[Any, Any, Found]) -> Found:
    """What a coroutine gives, run in a thread of its own: tests in a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def answered(result: CallToolResult) -> Answered:
    (content,) = result.content
    assert isinstance(content, TextContent)
    found = {} if result.is_error else json.loads(content.text)
    if not result.is_error:
        assert result.structured_content == found
    return Answered(bool(result.is_error), content.text, found)


async def _asked(ledger: Path, calls: tuple[tuple[str, dict[str, Any]], ...]) -> list[Answered]:
    async with session(ledger) as client:
        return [answered(await client.call_tool(tool, arguments)) for tool, arguments in calls]


@pytest.fixture
def ask(demo: Path) -> Ask:
    """Asks a server that answers for the shipped history."""
    return lambda *calls: run_apart(_asked(demo, calls))


@pytest.fixture
def ask_of() -> AskOf:
    """Asks a server that answers for the ledger given first."""
    return lambda ledger, *calls: run_apart(_asked(ledger, calls))
