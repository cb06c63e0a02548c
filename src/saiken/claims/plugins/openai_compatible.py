"""A reader that asks a language model for claims, at any endpoint that speaks OpenAI's protocol.

Off unless it is asked for (`--reader openai-compatible`) and configured:

    SAIKEN_OPENAI_URL      the endpoint, such as http://localhost:11434/v1
    SAIKEN_OPENAI_MODEL    the model's name
    SAIKEN_OPENAI_KEY      a key, where the endpoint wants one
    SAIKEN_OPENAI_TIMEOUT  seconds for the whole answer (default 60)

The model proposes claims in the project's own type, by a JSON schema. It quotes the text, and every
quote must stand there; it sees no figure and gives no verdict. The text goes to that endpoint and
nowhere else.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from saiken.claims.claim import Reading
from saiken.claims.plugins.proposals import INSTRUCTIONS, claims_of, schema
from saiken.claims.readers import ReaderError

LONGEST_TEXT = 20_000
MOST_BYTES = 2_000_000
TIMEOUT = 60.0
_CHUNK = 16_384
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_TOO_SLOW = "the endpoint did not answer within {:.0f} s"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and how to ask. `timeout` is for the whole answer, in seconds."""

    url: str
    model: str
    key: str = ""
    timeout: float = TIMEOUT

    @classmethod
    def from_environment(cls) -> Endpoint:
        """Raises ReaderError where the environment does not say, or says it wrongly."""
        url, model = (
            os.environ.get("SAIKEN_OPENAI_URL", ""),
            os.environ.get("SAIKEN_OPENAI_MODEL", ""),
        )
        if not url or not model:
            raise ReaderError(
                "the reader openai-compatible is not configured",
                "set SAIKEN_OPENAI_URL (such as http://localhost:11434/v1) and SAIKEN_OPENAI_MODEL",
                setup=True,
            )
        told = os.environ.get("SAIKEN_OPENAI_TIMEOUT", "")
        try:
            timeout = float(told) if told else TIMEOUT
        except ValueError:
            timeout = 0.0
        if not 0 < timeout <= 3600:
            raise ReaderError(
                f"SAIKEN_OPENAI_TIMEOUT is {told[:20]!r}", "give seconds, 1 to 3600", setup=True
            )
        return cls(_endpoint(url), model, os.environ.get("SAIKEN_OPENAI_KEY", ""), timeout)


def _endpoint(url: str) -> str:
    """The address of chat completions below `url`. A key must not cross a network in the clear."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ReaderError(
            f"SAIKEN_OPENAI_URL is no address: {url[:80]!r}",
            "give http://… or https://…",
            setup=True,
        )
    plain = parts.scheme == "http" and parts.hostname not in _LOOPBACK
    if plain and os.environ.get("SAIKEN_OPENAI_KEY"):
        raise ReaderError(
            "the key would be sent unencrypted", "use https://, or no SAIKEN_OPENAI_KEY", setup=True
        )
    base = url.rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: the text and the key are for the configured endpoint."""

    def redirect_request(self, *_: Any) -> None:
        return None


def read(text: str, dated: date) -> Reading:
    """The claims that the configured model finds in `text`, written on `dated`.

    Raises ReaderError where it is not configured, the text is too long, or the endpoint gives no
    usable answer in time.
    """
    endpoint = Endpoint.from_environment()
    if len(text) > LONGEST_TEXT:
        raise ReaderError(
            f"the text has {len(text):,} characters",
            f"a model is asked about {LONGEST_TEXT:,} at most: split it",
            setup=True,
        )
    claims, unread = claims_of(_content(_ask(endpoint, _question(endpoint, text, dated))), text)
    return Reading(text, dated, claims, unread)


def _question(endpoint: Endpoint, text: str, dated: date) -> bytes:
    """The request: what to do, then the text as data in JSON, so that it cannot pose as orders."""
    told = json.dumps({"dated": dated.isoformat(), "text": text}, ensure_ascii=False)
    asked = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": told},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": schema()},
        },
    }
    return json.dumps(asked).encode()


def _ask(endpoint: Endpoint, body: bytes) -> bytes:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "saiken",
    }
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = Request(endpoint.url, body, headers, method="POST")  # noqa: S310 - http or https, see _endpoint
    until = time.monotonic() + endpoint.timeout
    try:
        with build_opener(_Stay).open(request, timeout=endpoint.timeout) as answer:
            return _body(answer, until, endpoint.timeout)
    except HTTPError as error:
        error.close()
        raise ReaderError(
            f"the endpoint answered {error.code} {error.reason}", _advice(error.code)
        ) from None
    except TimeoutError:
        raise ReaderError(
            _TOO_SLOW.format(endpoint.timeout), "raise SAIKEN_OPENAI_TIMEOUT, or shorten the text"
        ) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise ReaderError(
                _TOO_SLOW.format(endpoint.timeout),
                "raise SAIKEN_OPENAI_TIMEOUT, or shorten the text",
            ) from None
        raise ReaderError(
            f"the endpoint cannot be reached: {error.reason}", "see SAIKEN_OPENAI_URL"
        ) from None
    except (HTTPException, OSError) as error:
        raise ReaderError(f"the endpoint broke off: {type(error).__name__}", "ask again") from None


def _body(answer: HTTPResponse, until: float, timeout: float) -> bytes:
    """The whole answer, in bounded size and time however slowly it drips."""
    pieces, size = [], 0
    while piece := answer.read1(_CHUNK):
        size += len(piece)
        if size > MOST_BYTES:
            raise ReaderError(
                f"the answer is over {MOST_BYTES // 1_000_000} MB", "ask another model"
            )
        if time.monotonic() > until:
            raise ReaderError(
                _TOO_SLOW.format(timeout), "raise SAIKEN_OPENAI_TIMEOUT, or shorten the text"
            )
        pieces.append(piece)
    return b"".join(pieces)


def _advice(code: int) -> str:
    if code in {401, 403}:
        return "see SAIKEN_OPENAI_KEY"
    if code == 404:
        return "see SAIKEN_OPENAI_URL and SAIKEN_OPENAI_MODEL"
    if 300 <= code < 400:
        return "redirects are not followed: set SAIKEN_OPENAI_URL to where it leads"
    return "ask again later, or see what the endpoint logs"


def _content(body: bytes) -> str:
    """The model's own words out of the protocol's envelope."""
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        message = choice["message"]
        content, refusal = message.get("content"), message.get("refusal")
        finished = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ReaderError(
            "the endpoint does not answer as OpenAI's protocol says", "see SAIKEN_OPENAI_URL"
        ) from None
    if finished == "length":
        raise ReaderError("the answer was cut off", "give it a shorter text")
    if refusal or not isinstance(content, str):
        raise ReaderError("the model refused", "ask another model, or the built-in reader")
    return content
