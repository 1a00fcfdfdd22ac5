"""``export`` in the forms of other programs, at the door: what each writes, what it says of it, and what it refuses."""

import json
from pathlib import Path

import pytest

from policytracker.ledger.where import Where
from tests.cli.recording import say
from tests.demo import ask, run

COUNT = 352


def test_cloudevents_are_the_events_of_the_export_in_envelopes(demo: Where) -> None:
    plain = ask(demo, "export").stdout.splitlines()
    found = [json.loads(line) for line in ask(demo, "export", "--cloudevents").stdout.splitlines()]
    assert [each["data"] for each in found] == [json.loads(line) for line in plain]
    assert [each["position"] for each in found] == list(range(1, COUNT + 1))


def test_provenance_names_every_event(demo: Where) -> None:
    found = json.loads(ask(demo, "export", "--prov").stdout)
    assert sum(name.startswith("event:") for name in found["entity"]) == COUNT


def test_entities_of_restrictions_name_companies(demo: Where) -> None:
    found = [json.loads(line) for line in ask(demo, "export", "--ftm").stdout.splitlines()]
    companies = {each["id"] for each in found if each["schema"] == "Company"}
    assert "policytracker-company-tencent" in companies
    huawei = [each for each in found if "policytracker-company-huawei" in each["properties"].get("entity", ())]
    assert huawei and all(each["schema"] == "Sanction" for each in huawei)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("--cloudevents", f"wrote {COUNT} events to "),
        ("--prov", f"wrote the provenance of {COUNT} events to "),
        ("--ftm", "wrote 264 entities to "),
    ],
)
def test_a_file_holds_what_standard_output_would_and_it_is_told(
    demo: Where, tmp_path: Path, form: str, told: str
) -> None:
    path = tmp_path / "out"
    found = ask(demo, "export", form, "-o", str(path))
    assert found.exit_code == 0 and found.stdout == "" and told in found.stderr
    assert "newest report in the ledger 2026-10-09" in found.stderr
    assert path.read_text(encoding="utf-8") == ask(demo, "export", form).stdout
    assert list(tmp_path.iterdir()) == [path]


def test_one_form_is_asked_for_at_a_time(demo: Where) -> None:
    found = run(demo, "export", "--prov", "--ftm")
    assert (found.returncode, found.stdout) == (2, "")
    assert "--prov and --ftm exclude each other; give one of them" in found.stderr
    assert "give the options after `export site`" in ask(demo, "export", "--ftm", "site", "x").stderr


def test_recorders_are_shown_only_in_the_forms_that_can_say_them(demo: Where) -> None:
    first = json.loads(ask(demo, "export", "--cloudevents", "--show-recorders").stdout.splitlines()[0])
    assert first["recorder"] == "somebody"
    assert "recorder" not in json.loads(ask(demo, "export", "--cloudevents").stdout.splitlines()[0])
    for form in ((), ("--ftm",), ("--toml",)):
        found = ask(demo, "export", *form, "--show-recorders")
        assert (found.exit_code, found.stdout) == (2, "")
        assert "--show-recorders is for --cloudevents and --prov; give one of them" in found.stderr


def test_an_earlier_ledger_is_written_as_it_was(demo: Where) -> None:
    """As recorded by the end of 2020: nothing, which in PROV is a document too."""
    assert ask(demo, "export", "--cloudevents", "--recorded", "2020").stdout == ""
    assert ask(demo, "export", "--ftm", "--recorded", "2020").stdout == ""
    assert list(json.loads(ask(demo, "export", "--prov", "--recorded", "2020").stdout)) == ["prefix"]


@pytest.mark.files
def test_what_a_redaction_leaves_out_is_told_with_cloudevents_as_with_the_export(copied: Path) -> None:
    say(copied, "redact", "cn-2026-01-28-batch", "--reason", "the law", "--yes")
    plain, found = ask(copied, "export"), ask(copied, "export", "--cloudevents")
    assert "left out: " in plain.stderr
    assert [line for line in found.stderr.splitlines() if line.startswith("left out")] == [
        line for line in plain.stderr.splitlines() if line.startswith("left out")
    ]
    assert len(found.stdout.splitlines()) == len(plain.stdout.splitlines()) < COUNT
