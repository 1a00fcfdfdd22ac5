"""Authorities: who guards which gate, and what one of them has said."""

from itertools import groupby
from typing import Any

from policytracker.questions import names
from policytracker.questions.accounts import event_account
from policytracker.questions.authorities import Said, authorities, said, signals
from policytracker.questions.interchange import in_order
from policytracker.web.page import Page, Question
from policytracker.web.timebar import time_bar
from policytracker.web.told import told

MOST = 60
"""Claims on a page; all of them are in its JSON."""


def _all(question: Question) -> list[dict[str, Any]]:
    return authorities(question.view, question.clocks.at)


def _gates(question: Question, answer: Any) -> dict[str, Any]:
    rows = sorted(answer, key=lambda row: (row["jurisdiction"], row["direction"], row["name"]))
    gates = groupby(rows, key=lambda row: f"{row['jurisdiction']}/{row['direction']}")
    return {"bar": time_bar(question), "gates": [(gate, list(found)) for gate, found in gates]}


def _authority(question: Question) -> str:
    return names.authority(question.directory, question.path["authority"])


def _said(question: Question) -> list[Said]:
    return said(question.view, _authority(question), question.clocks.at)


def _answer(question: Question) -> dict[str, Any]:
    return {
        "authority": in_order(question.directory.authorities[_authority(question)]),
        "claims": [each.as_object() for each in _said(question)],
    }


def _shown(question: Question, answer: Any) -> dict[str, Any]:
    authority, clocks = _authority(question), question.clocks
    found = _said(question)
    talk = question.books.view_of(("condition-signalled",), clocks.known, clocks.recorded)
    return {
        "bar": time_bar(question),
        "authority": authority,
        "fields": question.directory.authorities[authority],
        "gate": question.directory.gate(authority),
        "claims": [told(each.claim, each.standing, clocks.at, each.why_not) for each in found[:MOST]],
        "in_force": sum(each.force is not None for each in found),
        "more": max(0, len(found) - MOST),
        "signals": [
            {**event_account(event), "conditions": event.fields["conditions"]}
            for event in signals(talk, authority)[:MOST]
        ],
    }


AUTHORITIES = Page(
    name="authorities",
    path="/authorities",
    says="Who guards which gate, how much each has said, and when it last did.",
    answer=_all,
    shown=_gates,
)
AUTHORITY = Page(
    name="authority",
    path="/authority/{authority}",
    says="One authority: its gate, and every claim of it that is known, in force or not, the newest first.",
    answer=_answer,
    shown=_shown,
)
