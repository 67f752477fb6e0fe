"""The words that templates call as filters."""

from flask.sansio.app import App

from dialer.people.shown_numbers import shown_text
from dialer.reports import words


def install(app: App) -> None:
    """Give the templates the words of reports."""
    app.jinja_env.filters.update(
        in_words=words.in_words,
        fact_in_words=words.fact_in_words,
        source_in_words=words.source_in_words,
        reason_text=words.reason_text,
        obligation_words=words.obligation_words,
        clock_time=words.clock_time,
        full_time=words.full_time,
        day_in_words=words.day_in_words,
        short_day=words.short_day,
        span=words.span,
        number_for=words.number_for,
        shown_text=shown_text,
    )
