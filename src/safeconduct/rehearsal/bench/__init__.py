"""The bench: how fast, how right and how large, beside a baseline on the same input in the same process.

Its way: catalogue -> running (one child process for each size) -> child -> a bench of its own module -> measuring;
then growth, kept (the JSON form, and the change against the last kept run) and telling (lines for a person).
"""
