"""A person at a browser, played by urllib: signs in, uploads a bundle, imports it, waits for the end."""

import json
import re
import time
import uuid
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
IMPORT_PAGE = re.compile(r"/imports/[0-9a-f-]{36}/$")
BUNDLE_PAGE = re.compile(r"/bundles/[0-9a-f-]{36}/$")
ENDED = {"done", "failed", "cancelled", "needs_answer"}


class UnexpectedPageError(Exception):
    """A page answered otherwise than it does to a person who does everything right."""


class Visitor:
    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise UnexpectedPageError(f"'{url}' is no web address: give one like http://127.0.0.1:8000/")
        self.url = url.rstrip("/") + "/"
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        """The address at which the request ended, and the page there."""
        return self._send(Request(urljoin(self.url, path)))  # noqa: S310 - http by __init__

    def post(
        self, path: str, fields: dict[str, str], page: str, files: dict[str, Path] | None = None
    ) -> tuple[str, str]:
        """Send a form whose token is taken from the page that showed it."""
        token = TOKEN.search(page)
        if token is None:
            raise UnexpectedPageError(f"The page before {path} holds no form to send.")
        fields = {"csrfmiddlewaretoken": token.group(1), **fields}
        body, kind = multipart(fields, files) if files else (urlencode(fields).encode(), FORM)
        address = urljoin(self.url, path)
        headers = {"Content-Type": kind, "Referer": address}
        return self._send(Request(address, body, headers))  # noqa: S310 - http by __init__

    def _send(self, request: Request) -> tuple[str, str]:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.geturl(), answer.read().decode()
        except HTTPError as refusal:
            text = " ".join(re.sub(r"<[^>]*>", " ", refusal.read().decode(errors="replace")).split())
            raise UnexpectedPageError(f"{request.full_url} answered {refusal.code}: {text[:600]}") from refusal

    def sign_in(self, name: str, password: str) -> None:
        _, page = self.get("sign-in/")
        address, _ = self.post("sign-in/", {"username": name, "password": password}, page)
        if "/sign-in/" in address:
            raise UnexpectedPageError(f"{name} could not sign in.")

    def upload(self, bundle: Path) -> str:
        """Upload a ZIP; return the path of its check page."""
        _, page = self.get("imports/upload/")
        address, _ = self.post("imports/upload/", {}, page, {"files": bundle})
        return self._expect(address, BUNDLE_PAGE)

    def start_import(self, check_page: str) -> str:
        """Press Import on the check page; return the path of the import's page."""
        _, page = self.get(check_page)
        address, answer = self.post(f"{check_page}import/", {"mode": "import"}, page)
        if BUNDLE_PAGE.search(address):
            said = re.findall(r'class="notice [^"]*"><p>(.*?)</p>', answer, re.DOTALL)
            raise UnexpectedPageError(f"The import did not start: {' '.join(said) or 'the check page says why.'}")
        return self._expect(address, IMPORT_PAGE)

    def wait_for(self, import_page: str, timeout: float) -> dict[str, Any]:
        """The import's JSON once it has ended."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            _, text = self.get(f"{import_page}progress.json")
            progress: dict[str, Any] = json.loads(text)
            if progress.get("state") in ENDED:
                return progress
            time.sleep(0.3)
        raise UnexpectedPageError(f"The import has not ended after {timeout:.0f} s. Is a worker running?")

    def _expect(self, address: str, shape: re.Pattern[str]) -> str:
        found = shape.search(address)
        if found is None:
            raise UnexpectedPageError(f"The form led to {address}, which is not the page that should follow.")
        return found.group().lstrip("/")


FORM = "application/x-www-form-urlencoded"


def multipart(fields: dict[str, str], files: dict[str, Path]) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, path in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{path.name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/zip\r\n\r\n" + path.read_bytes() + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"
