"""Bits of the cache: a flipped bit in the read models of the shipped history never turns a no into a yes."""

import random
from pathlib import Path

import pytest

from policytracker.projections.layout import place
from tests.demo import ask
from tests.demo import demo as demo
from tests.soak import often
from tests.views import copy_with_views


def test_a_flipped_bit_in_the_read_models_changes_no_answer_and_is_told(
    demo: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    question = "check", "biren", "a100", "--at", "2026-01-28"
    expected = ask(demo, *question)
    assert expected.exit_code == 3
    chance = random.Random("biren")
    bits = [(23_938, 1), *((None, None) for _ in range(often(short=2, long=200)))]
    for turn, (byte, bit) in enumerate(bits):
        ledger = copy_with_views(demo, tmp_path / f"{turn}.ledger")
        file = place(ledger).resolve()
        content = bytearray(file.read_bytes())
        content[chance.randrange(len(content)) if byte is None else byte] ^= 1 << (bit or chance.randrange(8))
        file.write_bytes(content)
        caplog.clear()
        found = ask(ledger, *question)
        assert (found.exit_code, found.stdout) == (3, expected.stdout)
        assert "were made anew from the ledger" in caplog.text
