"""What a comparison is asked for by an address, and what its page and its picture both draw."""

from collections.abc import Callable, Sequence

from policytracker.questions import names
from policytracker.questions.comparison import MOST, Compared, Comparisons
from policytracker.questions.comparison_answers import ComparedCell, Comparison
from policytracker.questions.names import label
from policytracker.status.directory import Directory
from policytracker.web.asking import BadAddress, jurisdiction
from policytracker.web.charts.strip import Timeline
from policytracker.web.page import Parameter, Question

INSIDE = "in:"
"""Before a jurisdiction in place of a company: all companies of it, as in selectors (semantics.md §4)."""
PARAMETERS = (
    Parameter("chips", f"Up to {MOST} chips, with commas between; one where several companies are given.", True),
    Parameter(
        "companies",
        f"A company, or in: and a jurisdiction for all companies there, or up to {MOST} companies for one chip.",
        True,
    ),
)


def comparison(question: Question) -> Comparison:
    """The answer to what is asked. Raises UnknownName, AmbiguousName or BadAddress."""
    return question.once("comparison", lambda: _compared(question))


def drawn_timelines(question: Question, answer: Comparison) -> list[Timeline]:
    """What is drawn of each side, under its name."""
    return [Timeline(side["timeline"], _name(question, answer, side)) for side in answer["sides"]]


def address_of(answer: Comparison) -> dict[str, str]:
    """What leads to a comparison, behind the question mark: all that was added by itself is written out."""
    companies = ",".join(answer["companies"]) if answer["jurisdiction"] is None else INSIDE + answer["jurisdiction"]
    return {"chips": ",".join(answer["chips"]), "companies": companies}


def _compared(question: Question) -> Comparison:
    directory, query = question.directory, question.query
    chips = _ids("chips", query.get("chips", ""), names.chip, directory)
    given, home = query.get("companies", ""), None
    if given.startswith(INSIDE):
        home, given = jurisdiction(directory, "companies", given.removeprefix(INSIDE)), ""
    companies = _ids("companies", given, names.company, directory)
    if len(companies) > 1 and len(chips) > 1:
        several = f"{len(companies)} companies and {len(chips)} chips are given"
        raise BadAddress("companies", f"{several}; compare several chips for one company, or companies for one chip")
    comparisons = Comparisons(question.reader, question.clocks, question.publications, question.statuses)
    return comparisons.of(Compared(companies, chips, home))


def _ids(name: str, text: str, find: Callable[[Directory, str], str], directory: Directory) -> Sequence[str]:
    """The ids of names with commas between; each is taken once."""
    given = [each.strip() for each in text.split(",") if each.strip()]
    if len(given) > MOST:
        raise BadAddress(name, f"{len(given)} are given; at most {MOST} stand side by side")
    return list(dict.fromkeys(find(directory, each) for each in given))


def _name(question: Question, answer: Comparison, side: ComparedCell) -> str:
    directory = question.directory
    if len(answer["companies"]) > 1:
        return label(directory.companies[side["company"]])
    return label(directory.chips[side["chip"]])
