"""A list is followed: each difference becomes the events that it means, and the same again adds nothing."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.large.listing import NEW_DAY, OLD_DAY, Listing, text_of
from tests.cli.recording import ask, say
from tests.soak import often

MAP = """
format = "csv"
ref = "reg"
key = ["id"]
[where]
list = ["main"]
[report]
publisher = "Example Register"
attribution = "official"
[[authority]]
authority = "reg"
name = "Example Authority"
jurisdiction = "US"
direction = "export"
[company]
name = { column = "name" }
aliases = { column = "aliases", split = ";" }
jurisdiction = { column = "country", default = "XX" }
[company.known]
"The Known Firm" = "acme"
[[claim]]
type = "licence-required"
authority = "reg"
chips = ["all"]
review = { column = "policy", values = "review" }
instrument = { column = "citation" }
effective = { column = "since", date = "as-it-is" }
quote = { column = "policy" }
[values.review]
"denied" = "presumption-of-denial"
"one by one" = "case-by-case"
"""
Row = dict[str, str]
COLUMNS = ("id", "list", "name", "aliases", "country", "policy", "citation", "since", "remarks")
FIRST: Row = {"id": "1", "list": "main", "name": "First", "country": "CN", "policy": "denied", "since": "2020-01-02"}
SECOND: Row = {**FIRST, "id": "2", "name": "Second", "citation": "1 FR 2"}
OTHER: Row = {**FIRST, "id": "9", "list": "other", "name": "Other"}
Follow = Callable[..., Result]


def edition(rows: Sequence[Row]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


class Ledger:
    """An empty ledger, and editions that are followed into it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "list.ledger"
        (folder / "map.toml").write_text(MAP, encoding="utf-8")
        say(self.path, "init")

    def follow(self, *editions: Sequence[Row], day: str, more: Sequence[str] = ()) -> Result:
        names = [self.folder / f"{number}.csv" for number, _ in enumerate(editions)]
        for name, rows in zip(names, editions, strict=True):
            name.write_text(edition(rows), encoding="utf-8")
        options = ["--map", str(self.folder / "map.toml"), "--published", day, *more]
        return ask(self.path, "import-list", *map(str, names), *options)

    def events(self, after: int = 0) -> list[dict[str, Any]]:
        lines = say(self.path, "export").splitlines()
        return [json.loads(line) for line in lines[after:]]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture
def followed(ledger: Ledger) -> Ledger:
    """The list of May, of two firms."""
    assert ledger.follow([FIRST, SECOND, OTHER], day="2026-05-01").exit_code == 0
    return ledger


def differing(ledger: Ledger, *rows: Row, more: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What the list of June adds: the rows in place of the first firm. The same again adds nothing."""
    before = len(ledger.events())
    result = ledger.follow([FIRST, SECOND], [*rows, SECOND], day="2026-06-01", more=more)
    assert result.exit_code == 0, result.output
    found = ledger.events(before)
    again = ledger.follow([FIRST, SECOND], [*rows, SECOND], day="2026-06-01", more=more)
    assert ", ".join(again.stdout.splitlines()[-1].split(", ")[:1]) == "0 events appended"
    return found


def claim_of(ledger: Ledger, name: str) -> dict[str, Any]:
    """The first claim that names a company."""
    return next(event for event in ledger.events() if event.get("companies") == [name])


def test_the_first_edition_becomes_registrations_and_claims(followed: Ledger) -> None:
    """Rows of other lists are left out; the authority of the map is registered once."""
    events = followed.events()

    assert [event["type"] for event in events] == [
        "authority-registered",
        *("company-registered", "licence-required") * 2,
    ]
    assert [event["company"] for event in events if "company" in event] == ["first", "second"]
    claim = claim_of(followed, "second")
    assert {name: claim[name] for name in ("review", "effective", "instrument")} == {
        "review": "presumption-of-denial",
        "effective": "2020-01-02",
        "instrument": "1 FR 2",
    }
    assert claim["report"]["quote"] == "denied"
    assert claim["report"]["published"] == "2026-05-01"
    assert claim["ref"].startswith("reg-2-")


def test_another_policy_ends_the_claim_and_makes_a_new_one_from_that_day(followed: Ledger) -> None:
    old = claim_of(followed, "first")
    lifted, claim = differing(followed, {**FIRST, "policy": "one by one"})

    assert (lifted["type"], lifted["target"]) == ("lifted", old["ref"])
    assert "effective" not in lifted
    assert (claim["type"], claim["review"], claim["ref"]) == (
        "licence-required",
        "case-by-case",
        f"{old['ref']}-2026-06-01",
    )
    assert "effective" not in claim, "the day of the listing is not the day of the change"
    assert claim["report"]["quote"] == "one by one"


def test_the_day_of_a_change_is_given_where_it_is_known(followed: Ledger) -> None:
    lifted, claim = differing(followed, {**FIRST, "policy": "one by one"}, more=("--effective", "2026-05-20"))

    assert (lifted["effective"], claim["effective"]) == ("2026-05-20", "2026-05-20")


def test_a_mended_citation_and_day_are_a_correction(followed: Ledger) -> None:
    (corrected,) = differing(followed, {**FIRST, "citation": "3 FR 4", "since": "2020-01-03"})

    assert corrected["type"] == "corrected"
    assert corrected["target"] == claim_of(followed, "first")["ref"]
    assert corrected["changes"] == {"instrument": "3 FR 4", "effective": "2020-01-03"}
    assert corrected["report"]["published"] == "2026-06-01"


def test_a_citation_that_is_gone_is_removed(ledger: Ledger) -> None:
    ledger.follow([{**FIRST, "citation": "3 FR 4"}], day="2026-05-01")
    ledger.follow([{**FIRST, "citation": "3 FR 4"}], [FIRST], day="2026-06-01")

    assert ledger.events()[-1]["changes"] == {"instrument": None}


def test_other_words_for_the_same_policy_corroborate_the_claim(followed: Ledger) -> None:
    (corroborated,) = differing(followed, {**FIRST, "policy": "Denied."})

    assert (corroborated["type"], corroborated["report"]["quote"]) == ("corroborated", "Denied.")


def test_a_firm_that_is_gone_is_lifted_or_retracted_as_somebody_says(tmp_path: Path) -> None:
    for end in ("lifted", "retracted"):
        (tmp_path / end).mkdir()
        ledger = Ledger(tmp_path / end)
        ledger.follow([FIRST, SECOND], day="2026-05-01")
        (event,) = differing(ledger, more=("--gone", end))
        assert (event["type"], event["target"]) == (end, claim_of(ledger, "first")["ref"])


def test_a_firm_that_comes_back_has_a_new_claim_and_its_old_id(followed: Ledger) -> None:
    """May: listed. June: gone. July: listed again, with the words of the list unchanged."""
    followed.follow([FIRST, SECOND], [SECOND], day="2026-06-01", more=("--gone", "lifted"))
    before = len(followed.events())
    followed.follow([SECOND], [FIRST, SECOND], day="2026-07-01")

    (claim,) = followed.events(before)
    assert claim["ref"] == f"{claim_of(followed, 'first')['ref']}-2026-07-01"
    assert claim["companies"] == ["first"]


def test_a_new_name_keeps_the_old_one_as_an_alias(followed: Ledger) -> None:
    (registered,) = differing(followed, {**FIRST, "name": "First Works", "aliases": "FW; Erste"})

    assert (registered["company"], registered["name"]) == ("first", "First Works")
    assert registered["aliases"] == ["First", "FW", "Erste"]


def test_a_name_that_somebody_else_has_registered_stays(followed: Ledger) -> None:
    """An analyst calls the firm by another name. The list's new spelling becomes an alias."""
    say(followed.path, "record", "company-registered", "--company", "first", "--name", "Premier", "--alias", "First")
    (registered,) = differing(followed, {**FIRST, "name": "First Works"})

    assert (registered["name"], registered["aliases"]) == ("Premier", ["First", "First Works"])


def test_another_country_counts_from_the_day_of_the_edition(followed: Ledger) -> None:
    (registered,) = differing(followed, {**FIRST, "country": "SG"})

    assert (registered["jurisdiction"], registered["effective"]) == ("SG", "2026-06-01")


def test_a_firm_that_the_ledger_knows_is_not_registered_again(ledger: Ledger) -> None:
    acme = ("record", "company-registered", "--company", "acme", "--name", "Acme", "--jurisdiction", "CN")
    say(ledger.path, *acme, "--alias", "First")
    ledger.follow([FIRST, {**SECOND, "name": "The Known Firm"}], day="2026-05-01")

    assert [event["companies"] for event in ledger.events() if "companies" in event] == [["acme"], ["acme"]]


def test_a_firm_of_the_same_name_elsewhere_is_another(ledger: Ledger) -> None:
    ledger.follow([FIRST, {**SECOND, "name": "First", "country": "SG"}], day="2026-05-01")

    registered = [event for event in ledger.events() if event["type"] == "company-registered"]
    assert [(each["company"], each["jurisdiction"]) for each in registered] == [("first", "CN"), ("first-sg", "SG")]


def test_a_name_without_latin_letters_gets_an_id_of_the_list(ledger: Ledger) -> None:
    ledger.follow([{**FIRST, "name": "第一公司"}], day="2026-05-01")

    (company,) = [event["company"] for event in ledger.events() if event["type"] == "company-registered"]
    assert company.startswith("reg-")


def test_a_long_wording_is_quoted_in_part_and_kept_whole_in_the_note(ledger: Ledger) -> None:
    long = "denied " + "for reasons " * 60
    text = MAP.replace('"denied" =', f'"{long.strip()}" =')
    (ledger.folder / "map.toml").write_text(text, encoding="utf-8")
    ledger.follow([{**FIRST, "policy": long}], day="2026-05-01")

    claim = claim_of(ledger, "first")
    assert long.startswith(claim["report"]["quote"])
    assert claim["note"] == long.strip()


def test_all_faults_of_both_editions_are_told_at_once(followed: Ledger) -> None:
    old = [FIRST, SECOND]
    new = [{**FIRST, "policy": "maybe"}, SECOND, {**SECOND, "policy": "unclear"}, {**FIRST, "id": "", "name": ""}]
    result = followed.follow(old, new, day="2026-06-01")

    assert result.exit_code == 1
    assert "no spelling of review that the map knows: 'maybe'; add the words with their code to" in result.output
    assert "1.csv:4: Second: key: '2' is the key of line 3 too" in result.output
    assert "nothing in the columns of the key" in result.output
    assert len(followed.events()) == 5


def test_an_older_edition_that_is_not_recorded_is_refused(ledger: Ledger) -> None:
    result = ledger.follow([FIRST], [SECOND], day="2026-06-01", more=("--gone", "lifted"))

    assert result.exit_code == 1
    assert "a row is not in the ledger as published earlier: First; record the older edition first" in result.output


def test_a_second_first_import_is_refused(followed: Ledger) -> None:
    result = followed.follow([FIRST], day="2026-06-01")

    assert result.exit_code == 1
    assert "the ledger has this list as of 2026-05-01 already (refs reg-…); give the edition of then" in result.output


def test_the_events_are_those_that_were_made_up(tmp_path: Path) -> None:
    """Two editions of the Consolidated Screening List's shape; of fifty rows one is changed in some way."""
    listing = Listing(often(short=300, long=3_000))
    ledger, old, new = tmp_path / "list.ledger", tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(text_of(listing.old), encoding="utf-8")
    new.write_text(text_of(listing.new), encoding="utf-8")
    say(ledger, "init")
    say(ledger, "import-list", str(old), "--map", "us-csl", "--published", OLD_DAY)
    before = say(ledger, "export").splitlines()
    following = ("import-list", str(old), str(new), "--map", "us-csl", "--published", NEW_DAY, "--gone", "lifted")
    say(ledger, *following)

    lines = list(map(json.loads, say(ledger, "export").splitlines()))
    names = {line["company"]: line["name"] for line in lines if line["type"] == "company-registered"}
    firms = {line["ref"]: names[line["companies"][0]] for line in lines if "companies" in line}
    found: dict[str, list[str]] = {}
    for line in lines[len(before) :]:
        firm = line.get("name") or firms[line.get("target") or line["ref"]]
        found.setdefault(line["type"], []).append(firm)
    made = listing.changed
    assert {kind: sorted(firms) for kind, firms in found.items()} == {
        "company-registered": sorted([*made["added"], *made["alias"]]),
        "licence-required": sorted([*made["added"], *made["policy"]]),
        "lifted": sorted([*made["gone"], *made["policy"]]),
        "corrected": made["citation"],
        "corroborated": made["wording"],
    }
    assert say(ledger, *following).splitlines()[-1].startswith("0 events appended, ")


ROWS = st.dictionaries(
    st.sampled_from("abcd"), st.sampled_from(["denied", "Denied.", "one by one"]), min_size=1, max_size=4
)


@settings(max_examples=often(10, 200))
@given(st.lists(ROWS, min_size=2, max_size=4))
def test_following_a_list_leads_to_what_its_last_edition_says(versions: list[dict[str, str]]) -> None:
    """However a list changes: the claims in force at the end are those of a first import of its last edition."""
    listed = [
        [{**FIRST, "id": each, "name": f"Firm {each}", "policy": rows[each]} for each in rows] for rows in versions
    ]
    with TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        for number, rows in enumerate(listed):
            before = listed[number - 1 : number]
            more = ("--gone", "lifted")
            result = ledger.follow(*before, rows, day=f"2026-0{number + 1}-15", more=more)
            assert result.exit_code == 0, result.output
        claims = json.loads(say(ledger.path, "claims", "--at", "2026-06-01", "--json"))

    held = Counter((claim["companies"][0], claim["review"]) for claim in claims)
    codes = {"denied": "presumption-of-denial", "Denied.": "presumption-of-denial", "one by one": "case-by-case"}
    assert held == Counter((f"firm-{each}", codes[policy]) for each, policy in versions[-1].items())


SIMPLE = ("id", "schema", "name", "aliases", "countries", "sanctions", "program_ids")
LISTED = {
    "id": "NK-example",
    "schema": "Company",
    "name": "Example Aero Inc.",
    "aliases": '"Example; Aero";示例公司',
    "countries": "us",
    "sanctions": "List of Export Controls - 2025-01-02;UEL - 2025-03-04",
    "program_ids": "CN-ECL;CN-UEL",
}


def simple(path: Path, *rows: dict[str, str]) -> str:
    """A file in the form of OpenSanctions, of firms made up."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SIMPLE, dialect=csv.unix_dialect)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_a_firm_on_two_lists_of_china_has_a_claim_for_each(tmp_path: Path) -> None:
    """A person, and a firm under countermeasures alone, are left out. In June the firm leaves one of the lists."""
    ledger = tmp_path / "list.ledger"
    person, other = {**LISTED, "id": "2", "schema": "Person"}, {**LISTED, "id": "3", "program_ids": "CN-CML"}
    old = simple(tmp_path / "old.csv", LISTED, person, other)
    new = simple(tmp_path / "new.csv", {**LISTED, "program_ids": "CN-ECL"}, person, other)
    say(ledger, "init")
    say(ledger, "import-list", old, "--map", "cn-sanctions", "--published", OLD_DAY)
    say(ledger, "import-list", old, new, "--map", "cn-sanctions", "--published", NEW_DAY)

    authority, company, export, unreliable, lifted = map(json.loads, say(ledger, "export").splitlines())
    assert (authority["jurisdiction"], authority["direction"]) == ("CN", "export")
    assert (company["jurisdiction"], company["aliases"]) == ("US", ["Example; Aero", "示例公司"])
    assert [(each["type"], each["effective"]) for each in (export, unreliable)] == [
        ("prohibited", "2025-01-02"),
        ("prohibited", "2025-03-04"),
    ]
    assert (lifted["type"], lifted["target"]) == ("lifted", unreliable["ref"])


@pytest.mark.parametrize(
    ("countries", "code"), [("us", "US"), ("eu", "XX"), ("gb-sct", "GB"), ("cn;hk", "CN"), ("", "XX")]
)
def test_countries_of_opensanctions_become_codes(tmp_path: Path, countries: str, code: str) -> None:
    ledger = tmp_path / "list.ledger"
    say(ledger, "init")
    listed = simple(tmp_path / "list.csv", {**LISTED, "countries": countries})
    say(ledger, "import-list", listed, "--map", "cn-sanctions", "--published", OLD_DAY)

    assert json.loads(say(ledger, "export").splitlines()[1])["jurisdiction"] == code


def test_an_end_user_of_the_eu_annex_has_the_country_of_its_address(tmp_path: Path) -> None:
    """Rows of another annex are left out."""
    ledger, listed = tmp_path / "list.ledger", tmp_path / "annex.csv"
    listed.write_text(
        "annex,measure,startDate,name,alias,address\n"
        'IV,Export control,25.2.2023,Example Works,EW; Works,"Example Street 1, Example City, Republic of Türkiye"\n'
        "XLII,Transportation restrictions,25.2.2023,Example Ship,,\n",
        encoding="utf-8",
    )
    say(ledger, "init")
    say(ledger, "import-list", str(listed), "--map", "eu-dual-use", "--published", OLD_DAY)

    _, company, claim = map(json.loads, say(ledger, "export").splitlines())
    assert (company["jurisdiction"], company["aliases"]) == ("TR", ["EW", "Works"])
    assert (claim["type"], claim["effective"]) == ("prohibited", "2023-02-25")
