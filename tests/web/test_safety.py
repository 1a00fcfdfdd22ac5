"""What reaches a page and what does not; what every answer carries; nothing that is sent breaks the server."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from policytracker.web.app import application
from policytracker.web.openapi import EXAMPLES
from policytracker.web.opened import Opened
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from policytracker.web.safety import CONTENT_SECURITY_POLICY, HEADERS, Hosts
from tests.web.conftest import TODAY

TOKEN = "correct-horse-battery"
PLACES = ["/", "/board", "/board.json", "/static/style.css", "/openapi.json", "/nothing", "/board?colour=red"]
NAMES = (
    "at",
    "known",
    "recorded",
    "%00",
    *{each.name for page in (*PAGES, *FEEDS, *PICTURES) for each in page.parameters},
)
PATHS = [each.path.format_map(EXAMPLES) for each in (*PAGES, *FEEDS, *PICTURES)]


@pytest.fixture(scope="module")
def everyone(demo: Path) -> Iterator[TestClient]:
    with TestClient(application(Opened(demo, lambda: TODAY)), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture
def locked(demo: Path) -> Iterator[TestClient]:
    """A server whose readers need a token."""
    app = application(Opened(demo, lambda: TODAY), token=TOKEN)
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_carries_what_keeps_a_browser_safe(everyone: TestClient, place: str) -> None:
    reply = everyone.get(place, follow_redirects=False)

    assert {name: reply.headers[name] for name in HEADERS} == HEADERS
    assert reply.headers["cache-control"]
    assert "server" not in reply.headers


def test_pages_may_run_nothing_but_the_servers_own_files() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))

    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("frame-ancestors") == "'none'"
    assert set(rules.values()) == {"'self'"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_everything_is_only_to_be_read(everyone: TestClient, method: str) -> None:
    reply = everyone.request(method, "/board.json")

    assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD")
    assert reply.json() == {"error": "everything here is only to be read"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8642", "LOCALHOST:1", "localhost.", "[::1]", "[::1]:8642"])
def test_this_machine_is_called_by_its_own_names(everyone: TestClient, host: str) -> None:
    assert everyone.get("/board.json", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8642",
        "192.0.2.1",
        "127.0.0.1:8642:1",
        "evil@127.0.0.1",
        "127.0.0.1/x",
        "::1",
        "[::1",
        "[evil.example]",
        "127.0.0.1 ",
        "localhost\u0131",
    ],
)
def test_no_other_name_leads_here(everyone: TestClient, host: str) -> None:
    reply = everyone.get("/board.json", headers={b"host": host.encode()})

    assert reply.status_code == 421
    assert reply.json() == {"error": "this server goes by another name; add the one you used with --allow-host"}


def test_a_server_for_all_addresses_takes_any_address_and_the_names_allowed() -> None:
    hosts = Hosts(["0.0.0.0", "Tracker.example.org"], any_address=True)

    assert all(host in hosts for host in ("192.0.2.1:80", "[2001:db8::1]", "tracker.example.org:443", "localhost"))
    assert not any(host in hosts for host in ("evil.example", "", "[evil]", "192.0.2.1.evil.example"))


def test_a_name_that_is_none_allows_nothing() -> None:
    assert "" not in Hosts(["not a name"])


def test_an_address_has_its_bounds(everyone: TestClient) -> None:
    assert everyone.get(f"/{'x' * 3000}").status_code == 414
    assert everyone.get(f"/board?vendor={'x' * 3000}").status_code == 414
    many = everyone.get("/board.json?" + "&".join("a" for _ in range(100)))
    assert (many.status_code, many.json()) == (
        400,
        {"error": "the address has more than 32 parameters; ask for less"},
    )


@pytest.mark.parametrize("headers", [{"content-length": "5"}, {"transfer-encoding": "chunked"}])
def test_a_body_is_not_read(everyone: TestClient, headers: dict[str, str]) -> None:
    reply = everyone.request("GET", "/board", headers=headers, content=b"12345")

    assert (reply.status_code, reply.headers["connection"]) == (413, "close")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/....//app.py",
        "/static/%00style.css",
        "/static//etc/passwd",
        "/static/",
    ],
)
def test_no_path_leads_out_of_the_servers_files(everyone: TestClient, path: str) -> None:
    assert everyone.get(path).status_code == 404


@pytest.mark.parametrize("place", PLACES)
def test_without_the_token_nothing_is_shown(locked: TestClient, place: str) -> None:
    reply = locked.get(place)

    assert reply.status_code == 401
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert "tencent" not in reply.text.lower()


@pytest.mark.parametrize("given", [f"Bearer {TOKEN}", f"bearer  {TOKEN}"])
def test_the_token_opens(locked: TestClient, given: str) -> None:
    reply = locked.get("/board", headers={"authorization": given})

    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "private, no-cache"
    assert TOKEN not in reply.text


@pytest.mark.parametrize(
    "given", ["", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ü"]
)
def test_nothing_else_opens(locked: TestClient, given: str) -> None:
    assert locked.get("/board", headers={b"authorization": given.encode()}).status_code == 401


def test_an_address_with_the_token_opens_for_the_visit(locked: TestClient) -> None:
    asked = f"/board?at=2026-01-28&token={TOKEN}&companies=in:CN"
    welcome = locked.get(asked)
    cookie = welcome.headers["set-cookie"]

    assert (welcome.status_code, welcome.headers["location"]) == (303, "/board?at=2026-01-28&companies=in%3ACN")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert TOKEN not in cookie and TOKEN not in welcome.text and welcome.headers["cache-control"] == "private, no-store"
    assert locked.get(welcome.headers["location"]).status_code == 200


def test_behind_tls_the_cookie_keeps_to_tls(locked: TestClient) -> None:
    welcome = locked.get(f"/?token={TOKEN}", headers={"x-forwarded-proto": "https"})

    assert welcome.headers["location"] == "/"
    assert welcome.headers["set-cookie"].endswith("; Secure")


def feed_address(locked: TestClient, path: str = "/changes.atom") -> str:
    """What the server leads to from the address of a feed with its token."""
    moved = locked.get(f"{path}?company=tencent&token={TOKEN}")
    assert (moved.status_code, moved.text, moved.headers["cache-control"]) == (301, "", "private, no-store")
    return moved.headers["location"]


@pytest.mark.parametrize("path", ["/changes.atom", "/scheduled.ics"])
def test_a_reader_without_cookies_gets_a_feed_with_a_token_in_the_address(locked: TestClient, path: str) -> None:
    address = feed_address(locked, path)
    locked.cookies.clear()
    reply = locked.get(address)

    assert address.startswith(f"{path}?company=tencent&token=") and "set-cookie" not in reply.headers
    assert reply.status_code == 200
    assert reply.content == locked.get(f"{path}?company=tencent", headers={"authorization": f"Bearer {TOKEN}"}).content
    assert locked.get(address, headers={"if-none-match": reply.headers["etag"]}).status_code == 304


def test_the_token_of_a_feed_opens_feeds_only_and_stands_in_no_answer(locked: TestClient) -> None:
    address = feed_address(locked)
    locked.cookies.clear()
    token = address.rpartition("=")[2]
    reply = locked.get(address)

    assert len(token) == 43 and TOKEN not in address
    assert token not in reply.text and token not in str(reply.headers)
    assert reply.headers["referrer-policy"] == "no-referrer"
    wrong = locked.get(f"{address}&at=never")
    assert wrong.status_code == 400 and token not in wrong.text
    for path in ("/", "/board", "/changes", "/changes.json", "/static/style.css"):
        assert locked.get(f"{path}?token={token}").status_code == 401
        assert locked.get(path, headers={"authorization": f"Bearer {token}"}).status_code == 401
        assert locked.get(path, headers={"cookie": f"policytracker={token}"}).status_code == 401


@pytest.mark.parametrize("given", ["", "wrong-horse-battery", f"{TOKEN}x", "%ff"])
def test_another_token_opens_no_feed(locked: TestClient, given: str) -> None:
    assert locked.get(f"/changes.atom?token={given}").status_code == 401


@pytest.mark.parametrize("cookie", ["policytracker=", f"policytracker={TOKEN}", "policytracker=00", "other=1; ;=;x"])
def test_no_other_cookie_opens(locked: TestClient, cookie: str) -> None:
    assert locked.get("/board", headers={"cookie": cookie}).status_code == 401


def test_a_wrong_token_in_the_address_closes_even_with_the_cookie(locked: TestClient) -> None:
    locked.get(f"/?token={TOKEN}")

    assert locked.get("/board").status_code == 200
    assert locked.get("/board?token=wrong").status_code == 401


@pytest.mark.parametrize("path", ["//evil.example/", "/%2Fevil.example", "/\\evil.example", "/%5Cevil.example"])
def test_the_welcome_leads_to_no_other_server(locked: TestClient, path: str) -> None:
    place = locked.get(f"http://127.0.0.1{path}?token={TOKEN}").headers["location"]

    assert place.startswith("/") and not place.startswith(("//", "/\\"))


def test_another_origin_may_not_read(everyone: TestClient) -> None:
    reply = everyone.get("/board.json", headers={"origin": "https://evil.example"})

    assert not [name for name in reply.headers if name.startswith("access-control")]


PIECES = st.one_of(
    st.sampled_from(
        ["board", "board.json", "cell", "static", "tencent", "h200", "style.css", "..", "%00", "%ff", "%", ""]
    ),
    st.text(max_size=12).map(lambda text: quote(text.encode("utf-8", "surrogatepass"), safe="")),
    st.binary(max_size=6).map(lambda raw: "".join(f"%{byte:02x}" for byte in raw)),
)
VALUES = st.one_of(
    st.sampled_from(
        ["today", "2026", "0001", "9999-12-31", "0001-01-01", "2026-01-28T24:00Z", "1e99", "9" * 150, "-1"]
    ),
    st.dates().map(str),
    PIECES,
)


@given(
    st.lists(PIECES, max_size=4),
    st.sampled_from(PATHS),
    st.lists(st.tuples(st.sampled_from(sorted(NAMES)), VALUES), max_size=4),
)
def test_whatever_is_asked_is_answered_in_sentences(
    everyone: TestClient, path: list[str], place: str, query: list[tuple[str, str]]
) -> None:
    behind = "&".join(f"{name}={value}" for name, value in query)
    for start in ("/" + "/".join(path), place, f"{place}.json"):
        reply = everyone.get(f"http://127.0.0.1{start}?{behind}", follow_redirects=False)

        assert reply.status_code in (200, 307, 400, 404), reply.text
        assert {name: reply.headers[name] for name in HEADERS} == HEADERS
        assert "Traceback" not in reply.text
