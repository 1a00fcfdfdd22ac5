"""The files of docs/deploy: what their programs say of them, and the server with the options that they give."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.demo import PROGRAM
from tests.demo import demo as demo

DEPLOY = Path(__file__).resolve().parent.parent.parent / "docs" / "deploy"
UNIT, SITE, CONTAINER = (
    (DEPLOY / name).read_text() for name in ("policytracker.service", "nginx.conf", "Containerfile")
)
NAME = "tracker.example.org"
TOKEN = "0123456789abcdefghij"
NGINX = """pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@contextmanager
def serving(ledger: Path, options: Sequence[str], **variables: str) -> Iterator[HTTPConnection]:
    """A connection to the server that these options start, on a free port."""
    command = ["env", *(f"{name}={value}" for name, value in variables.items()), *PROGRAM, str(ledger), *options]
    with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            yield connection
            connection.close()
        finally:
            server.terminate()


def status(connection: HTTPConnection, host: str, **headers: str) -> int:
    connection.request("GET", "/authorities", headers={"Host": host, **headers})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_the_unit_starts_a_server_that_answers_to_the_name_of_the_site_alone(demo: Path) -> None:
    (start,) = re.findall(r"^ExecStart=\S+ (.*)$", UNIT, re.MULTILINE)
    assert re.findall(r"^ *server_name (.*);$", SITE, re.MULTILINE) == [NAME, NAME]
    assert "proxy_set_header Host $host;" in SITE

    with serving(demo, shlex.split(start)) as connection:
        assert status(connection, NAME) == 200
        assert status(connection, "elsewhere.example.org") == 421


def test_the_container_starts_a_server_only_if_it_is_told_who_may_read(demo: Path) -> None:
    (options,) = map(json.loads, re.findall(r"^CMD (.*)$", CONTAINER, re.MULTILINE))

    refused = subprocess.run([*PROGRAM, str(demo), *options], capture_output=True, text=True)
    assert refused.returncode == 2
    assert "say so with --public, or give them a token" in refused.stderr
    with serving(demo, options, POLICYTRACKER_TOKEN=TOKEN) as connection:
        assert status(connection, NAME) == 401
        assert status(connection, NAME, Authorization=f"Bearer {TOKEN}") == 200


def test_the_files_that_the_image_is_made_of_are_there() -> None:
    copied = re.findall(r"/src/(\S+)", CONTAINER)

    assert copied == ["requirements/runtime.txt"]
    assert all((DEPLOY.parent.parent / name).exists() for name in copied)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "policytracker.service"
    unit.write_text(UNIT.replace("/opt/policytracker/bin/policytracker", sys.executable))

    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx or openssl is not installed")
def test_nginx_takes_the_site(tmp_path: Path) -> None:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = ["-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *made], check=True, capture_output=True)
    (tmp_path / "site.conf").write_text(SITE.replace(f"/etc/ssl/{NAME}", str(tmp_path)))
    (tmp_path / "nginx.conf").write_text(NGINX.format(folder=tmp_path))

    done = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "test is successful" in done.stderr
