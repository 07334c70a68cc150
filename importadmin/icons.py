"""A few line icons, drawn on a 24 × 24 grid and put inline: no font, no request, they take the text's colour."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "alert": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>',
    "cross": '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
    "dashboard": '<path d="M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"/>',
    "flag": '<path d="M6 21V4h12l-2.5 4.5L18 13H6"/>',
    "import": '<path d="M12 4v10m-4-4 4 4 4-4M4 16v4h16v-4"/>',
    "layers": '<path d="m12 3.5 9 4.5-9 4.5L3 8zM3.5 12.5 12 17l8.5-4.5M3.5 16.5 12 21l8.5-4.5"/>',
    "list": '<path d="M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M6 12h12"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6"/>'
    '<path d="M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 20c0-3-.6-4.6-2-5.6"/>',
    "person": '<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5c0-4.2 3-6.5 7.5-6.5s7.5 2.3 7.5 6.5"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.8c0-3 5-3 5 0 0 2-2.5 2-2.5 4M12 16.8v.1"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "spinner": '<path d="M12 4a8 8 0 1 1-7.5 5.2"/>',
    "system": '<path d="M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.1M7.5 16h.1"/>',
}


def svg(name: str, css_class: str = "icon") -> SafeString:
    """The icon as an inline SVG, hidden from screen readers: the words beside it say the same."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        css_class,
        mark_safe(ICONS[name]),  # noqa: S308  (constants of this file)
    )
