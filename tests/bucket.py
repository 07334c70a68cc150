"""Uploads as S3-type storage keeps them: objects under opaque keys, no folders, no path to open, no appending."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible


@deconstructible
class Bucket(Storage):
    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def _object(self, name: str) -> Path:
        return self.root / hashlib.sha256(name.encode()).hexdigest()

    def _open(self, name: str, mode: str = "rb") -> File:
        assert mode == "rb"
        return ContentFile(self._object(name).read_bytes(), name=name)

    def _save(self, name: str, content: Any) -> str:
        with self._object(name).open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk)
        return name

    def exists(self, name: str) -> bool:
        return self._object(name).exists()

    def delete(self, name: str) -> None:
        self._object(name).unlink(missing_ok=True)

    def size(self, name: str) -> int:
        return self._object(name).stat().st_size
