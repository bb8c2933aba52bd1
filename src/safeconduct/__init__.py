"""Safeconduct takes people at risk from their first plea to a safe home, and loses nobody on the way.

Nothing heavy is imported here: the engines load when they are used.
"""

__version__ = "0.1.0"
