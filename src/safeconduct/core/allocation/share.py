"""The planner's door to sharing things out (core/sharing.py, which packs use without the planner)."""

from safeconduct.core.sharing import apportion, round_running, share_of

__all__ = ["apportion", "round_running", "share_of"]
