"""The member's day: the frame of every page, and where a member arrives."""
