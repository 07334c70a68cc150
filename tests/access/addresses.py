"""Every address of the site, as the resolver knows them."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def all_patterns(resolver: Any = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(namespace:name, pattern); a pattern without a name goes by what it matches."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from all_patterns(entry, inner)
        else:
            name = entry.name or f"({entry.pattern})"
            yield f"{namespace}:{name}" if namespace else name, entry
