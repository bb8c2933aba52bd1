"""The brief: one self-contained page that tells an office what to do first, and why."""

from safeconduct.reports.brief.page import LISTED, brief_html

__all__ = ["LISTED", "brief_html"]
