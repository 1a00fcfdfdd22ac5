"""The results of expectations as JUnit XML, which continuous integration reads."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from policytracker.testing.expectations import Expectation, Failure


def write_junit(path: Path, results: Sequence[tuple[Expectation, Failure | None]]) -> None:
    """Write a test suite with a test case for each expectation. Raises OSError."""
    failed = sum(failure is not None for _, failure in results)
    suite = Element("testsuite", name="policytracker expect", tests=str(len(results)), failures=str(failed))
    for expectation, failure in results:
        file = expectation.place.rpartition(":")[0]
        case = SubElement(suite, "testcase", classname=file, name=f"{expectation}: {expectation.expected}")
        if failure is not None:
            SubElement(case, "failure", message=failure.text.partition("\n")[0]).text = failure.text
    ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)
