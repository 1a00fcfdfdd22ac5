"""Sends a message to a webhook: HTTP POST, with the key of the message in the header ``Idempotency-Key``.

Nothing of the answer is read but its status: neither its text nor the address, which may be a secret, gets into a
message. A redirect is not followed, as a POST would become a GET.
"""

import http.client
import urllib.error
import urllib.request
from typing import Any, Final

from policytracker.alerts.credentials import token_of, url_of
from policytracker.alerts.errors import NotDelivered
from policytracker.alerts.watch_file import AUTHORIZATION, Webhook

KEY_HEADER: Final = "Idempotency-Key"
MAY_PASS: Final = (408, 425, 429)
"""Of the refusals, those by which a server asks to try later; so does every 5xx."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: Any) -> None:
        return None


def post(webhook: Webhook, key: str, payload: str, timeout: float) -> None:
    """Send one message. ``timeout``: seconds that the server may take for each step. Raises NotDelivered, NoSecret."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "policytracker", KEY_HEADER: key}
    token = token_of(webhook)
    if token is not None:
        bearer = "Bearer " if webhook.token_header.lower() == AUTHORIZATION.lower() else ""
        headers[webhook.token_header] = f"{bearer}{token}"
    request = urllib.request.Request(url_of(webhook), payload.encode(), headers, method="POST")
    try:
        urllib.request.build_opener(_NoRedirects).open(request, timeout=timeout).close()
    except urllib.error.HTTPError as error:
        error.close()
        raise _refused(error.code, error.headers.get("Retry-After", "")) from None
    except TimeoutError:
        raise NotDelivered(f"it did not answer within {timeout:g} s", may_pass=True) from None
    except urllib.error.URLError as error:
        raise NotDelivered(_unreached(error.reason, timeout), may_pass=True) from None
    except (OSError, http.client.HTTPException) as error:
        raise NotDelivered(_unreached(error, timeout), may_pass=True) from None


def _refused(status: int, after: str) -> NotDelivered:
    hint = "; a redirect is not followed: give the address to which it leads" if 300 <= status < 400 else ""
    seconds = float(after) if after.isascii() and after.isdigit() and len(after) < 6 else None
    return NotDelivered(f"it answered {status}{hint}", status >= 500 or status in MAY_PASS, seconds)


def _unreached(reason: object, timeout: float) -> str:
    if isinstance(reason, TimeoutError):
        return f"it did not answer within {timeout:g} s"
    if isinstance(reason, OSError) and reason.strerror:
        return f"it cannot be reached ({reason.strerror})"
    return f"it cannot be reached ({type(reason).__name__})"
