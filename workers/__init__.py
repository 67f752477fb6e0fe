"""RQ workers and the timetable: they wake, call one use-case, and stop."""

# The bell names RQ's keys, which RQ reads while it is imported: so it comes before every module in here.
import dialer.bell  # noqa: F401
