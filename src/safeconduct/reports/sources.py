"""Where facts come from, as links that load nothing by themselves."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup

from safeconduct.core.facts import Source


def linked(source: Source) -> Markup:
    """The source by its host, as a link; by its note where it has no address of the web."""
    host = _host(source.url)
    if host is None:
        return Markup("{}").format(source.note or "no source")
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(source.url, host)


def linked_whole(source: Source) -> Markup:
    """The source by its whole address, so that it can be typed from paper."""
    host = _host(source.url)
    if host is None:
        return Markup("{}").format(source.note or "no source read")
    shown = (source.url or "").partition("://")[2]
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(source.url, shown)


def _host(url: str | None) -> str | None:
    if not url:
        return None
    parts = urlsplit(url)
    return parts.hostname if parts.scheme in ("http", "https") else None
