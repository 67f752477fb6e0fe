"""RQ workers and the timetable: they wake, call one use-case, and stop."""
