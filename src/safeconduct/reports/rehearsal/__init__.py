"""The pages of a rehearsal: the policies side by side, and what a bad month would need."""

from safeconduct.reports.rehearsal.page import drill_html, replay_html

__all__ = ["drill_html", "replay_html"]
