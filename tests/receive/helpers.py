"""Uploads as the browser sends them."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from meets.actions.receive_bundle import receive
from meets.bundles.problems import BadBundle
from tests.bundles.helpers import HEADER, LINE, csv_bytes

RESULTS = csv_bytes(HEADER, LINE)
SCHOOLS = csv_bytes("athletic_net_id,name", "77,Rio")


def upload(path: str, data: bytes) -> tuple[str, SimpleUploadedFile]:
    return path, SimpleUploadedFile(path.rsplit("/", 1)[-1] or "x", data)


def zipped(files: dict[str, bytes | zipfile.ZipInfo], **more: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            if isinstance(data, bytes):
                archive.writestr(name, data)
            else:
                archive.writestr(data, b"target")
    return buffer.getvalue()


def kept() -> list[str]:
    """What is left in storage, folders too."""
    root = Path(settings.MEDIA_ROOT) / "received"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*")) if root.exists() else []


def refused(*uploads: tuple[str, Any]) -> list[str]:
    """The codes with which the upload is refused; nothing of it may stay."""
    with pytest.raises(BadBundle) as refusal:
        receive(uploads=uploads, user=None)
    assert kept() == []
    assert all(problem.message.endswith(".") and problem.remedy for problem in refusal.value.problems)
    return [problem.code for problem in refusal.value.problems]
