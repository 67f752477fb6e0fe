"""The console's routes: which page answers where, and what holds for all of them."""

from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Flask, redirect, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from dialer.clock import london_day
from dialer.web.console import template_words
from dialer.web.console.blocked import blocked, blocked_csv, blocked_xlsx
from dialer.web.console.clips import heard_clip, review_clip
from dialer.web.console.decision import decision
from dialer.web.console.entrance import Page, for_readers
from dialer.web.console.headers import guarded
from dialer.web.console.heard import heard, question_objection
from dialer.web.console.lists import begin_list, list_result, lists, one_list, remove_list
from dialer.web.console.log_in import log_in, log_out, show_form
from dialer.web.console.problem_page import problem_page
from dialer.web.console.registers import (
    approve_import,
    begin_import,
    cancel_import,
    carry_out_import,
    registers,
    resume_import,
)
from dialer.web.console.reviews import reviews, settle_review
from dialer.web.console.today import today
from dialer.web.parts import parts_of_app
from dialer.web.problems import show_pages_with

_PAGES: Final[tuple[tuple[str, str, Page], ...]] = (
    ("/console/today", "today", today),
    ("/console/blocked", "blocked", blocked),
    ("/console/blocked.csv", "blocked_csv", blocked_csv),
    ("/console/blocked.xlsx", "blocked_xlsx", blocked_xlsx),
    ("/console/decisions/<decision_id>", "decision", decision),
    ("/console/reviews", "reviews", reviews),
    ("/console/reviews/<review_id>/clip", "review_clip", review_clip),
    ("/console/heard", "heard", heard),
    ("/console/heard/<objection_id>/clip", "heard_clip", heard_clip),
    ("/console/registers", "registers", registers),
    ("/console/lists", "lists", lists),
    ("/console/lists/<scrub_id>", "list", one_list),
    ("/console/lists/<scrub_id>/result.csv", "list_result", list_result),
)
_FORMS: Final[tuple[tuple[str, str, Page], ...]] = (
    ("/console/reviews/<review_id>", "settle_review", settle_review),
    ("/console/heard/<objection_id>/correction", "question_objection", question_objection),
    ("/console/registers", "begin_import", begin_import),
    ("/console/registers/<import_id>/approve", "approve_import", approve_import),
    ("/console/registers/<import_id>/carry-out", "carry_out_import", carry_out_import),
    ("/console/registers/<import_id>/cancel", "cancel_import", cancel_import),
    ("/console/registers/<import_id>/resume", "resume_import", resume_import),
    ("/console/lists", "begin_list", begin_list),
    ("/console/lists/<scrub_id>/remove", "remove_list", remove_list),
)


def console() -> Blueprint:
    """Return the blueprint with every page behind its guard."""
    pages = Blueprint(
        "console",
        __name__,
        static_folder="../static",
        static_url_path="/console/static",
        template_folder="../templates",
    )
    pages.record_once(_settle_in)
    pages.after_request(guarded)
    pages.app_context_processor(_on_every_page)
    pages.add_url_rule("/", "front", _front)
    pages.add_url_rule("/login", "log_in", show_form)
    pages.add_url_rule("/login", "begin", log_in, methods=["POST"])
    pages.add_url_rule("/logout", "log_out", log_out, methods=["POST"])
    for address, name, page in _PAGES:
        pages.add_url_rule(address, name, for_readers(page))
    for address, name, page in _FORMS:
        pages.add_url_rule(address, name, for_readers(page), methods=["POST"])
    return pages


def _front() -> Response:
    """Lead to the first page."""
    return redirect(url_for("console.today"), HTTPStatus.SEE_OTHER)


def _settle_in(state: BlueprintSetupState) -> None:
    """Give the app the words of our templates, and its problems a page."""
    template_words.install(state.app)
    show_pages_with(cast(Flask, state.app), problem_page)


def _on_every_page() -> dict[str, object]:
    """Return what each page needs, also one without a visitor."""
    parts = parts_of_app()
    return {"is_demo": parts.settings.demo, "today": london_day(parts.clock())}
