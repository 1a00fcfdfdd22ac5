"""Authorities: who guards which gate, and what one of them has said."""

from collections.abc import Mapping
from itertools import groupby

from policytracker.questions import columns, names
from policytracker.questions.authorities import Said, authorities, said_by
from policytracker.questions.interchange import in_order
from policytracker.questions.ledger_answers import AuthorityAnswer, ClaimInForce
from policytracker.questions.newest import Some
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.web import paging
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.timebar import time_bar
from policytracker.web.told import Beside, beside, developments_for, newest_claims, told


class AuthorityPage(Beside):
    """An authority, what it has said, and what else is reported of it."""

    authority: Fields
    """Its registration in the interchange format."""
    claims: list[ClaimInForce]
    """Those that are known, the newest first."""


def _all(question: Question) -> list[AuthorityAnswer]:
    return authorities(question.view, question.clocks.at)


def _gates(question: Question, answer: list[AuthorityAnswer]) -> Drawn:
    rows = sorted(answer, key=lambda row: (row["jurisdiction"], row["direction"], row["name"]))
    gates = groupby(rows, key=lambda row: f"{row['jurisdiction']}/{row['direction']}")
    return {"bar": time_bar(question), "gates": [(gate, list(found)) for gate, found in gates]}


def _authority(question: Question) -> str:
    return names.authority(question.directory, question.path["authority"])


def _said(question: Question) -> Some[Said]:
    authority, day = _authority(question), question.clocks.at
    zone = question.directory.zone_of(authority)

    def wanted(standings: Mapping[str, Standing], event: Standing) -> Said | None:
        is_own = event.type in CLAIM_TYPES and event.fields["authority"] == authority
        return said_by(event, day, zone) if is_own else None

    return newest_claims(question, wanted)


def _answer(question: Question) -> AuthorityPage:
    authority, around = _authority(question), developments_for(question)
    return {
        "authority": in_order(question.directory.authorities[authority]),
        "claims": [each.as_object() for each in _said(question).events],
        **beside([*around.signals_of(authority), *around.developments_of(authority)]),
    }


def _shown(question: Question, answer: AuthorityPage) -> Drawn:
    authority, clocks = _authority(question), question.clocks
    found = _said(question)
    return {
        "bar": time_bar(question),
        "authority": authority,
        "fields": question.directory.authorities[authority],
        "gate": question.directory.gate(authority),
        "claims": [told(each.claim, each.standing, clocks.at, each.why_not) for each in found.events],
        "older": paging.older_text(found.older),
        "most": paging.LISTED,
    }


AUTHORITIES = Page(
    name="authorities",
    path="/authorities",
    says="Who guards which gate, how much each has said, and when it last did.",
    answer=_all,
    shown=_gates,
    tables=(Table("authorities", "authorities", lambda _, rows: (columns.AUTHORITIES, rows)),),
    is_whole=True,
)
AUTHORITY = Page(
    name="authority",
    path="/authority/{authority}",
    says="One authority: its gate, and every claim of it that is known, in force or not, the newest first.",
    answer=_answer,
    shown=_shown,
    tables=(Table("claims", "claims", lambda _, page: (columns.CLAIMS, page["claims"])),),
    parameters=(paging.OLDER,),
)
