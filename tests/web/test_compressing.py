"""Answers are compressed for those who take it, and each form has a tag of its own."""

import gzip

import pytest
from starlette.testclient import TestClient

BOARD = "/board?at=2026-01-28"
ADDRESSES = [BOARD, "/board.json?at=2026-01-28", "/changes.atom?at=2026-01-28", "/static/style.css", "/openapi.json"]
PLAIN, SMALL = {"accept-encoding": "identity"}, {"accept-encoding": "gzip"}


def raw(client: TestClient, address: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """The headers and the bytes of an answer as they came."""
    with client.stream("GET", address, headers=headers) as reply:
        return dict(reply.headers), b"".join(reply.iter_raw())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_compressed_answer_holds_the_same(client: TestClient, address: str) -> None:
    (plain, body), (small, packed) = raw(client, address, PLAIN), raw(client, address, SMALL)

    assert "content-encoding" not in plain and small["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == body and len(packed) * 2 < len(body)
    assert plain["vary"] == small["vary"] == "Accept-Encoding"
    assert int(small["content-length"]) == len(packed)


@pytest.mark.parametrize("given", ["gzip;q=0", "br", "*;q=0", "identity"])
def test_whoever_does_not_take_it_gets_the_answer_as_it_is(client: TestClient, given: str) -> None:
    headers, body = raw(client, BOARD, {"accept-encoding": given})

    assert "content-encoding" not in headers and body.startswith(b"<!doctype html>")


def test_a_small_body_is_left_as_it_is(client: TestClient) -> None:
    headers, body = raw(client, "/static/mark.svg", SMALL)

    assert "content-encoding" not in headers and len(body) < 1_000


def test_each_form_has_a_tag_of_its_own_and_both_are_known_again(client: TestClient) -> None:
    plain, small = (raw(client, BOARD, headers)[0]["etag"] for headers in (PLAIN, SMALL))

    assert plain != small
    for tag in (plain, small):
        again = client.get(BOARD, headers={**SMALL, "if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["vary"] == "Accept-Encoding"
    assert client.get(BOARD, headers={**PLAIN, "if-none-match": small}).status_code == 200


def test_the_same_answer_is_compressed_to_the_same_bytes(client: TestClient) -> None:
    assert raw(client, BOARD, SMALL) == raw(client, BOARD, SMALL)
