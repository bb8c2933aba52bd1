"""The brief: one self-contained page that tells an office what to do first, and why."""

from safeconduct.reports.brief.page import brief_html

__all__ = ["brief_html"]
