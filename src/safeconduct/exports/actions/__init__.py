"""Every write of this room: recipients, and the steps of an export."""
