"""For tests that walk over all routes: what stands in their addresses, and what looking at them answers where that is not a page."""

from tests.support.demo import CONSULTATION

ARGUMENTS = {
    "language": "en", "consultation": CONSULTATION, "number_of_round": 2, "standard": "performance-standard", "version": "v3-draft-2",
    "number": "5.2", "baseline": "v2", "reference": "PS3-2-0034", "ending": "csv", "resource": "highlights", "page": "useful-comments",
    "name": "consult.css", "digest": "none",
    "language_of_text": "fr", "file": 1, "key": "no-such-draft", "room": "no-such-room", "row": 1, "link": 1, "comment": "PS3-2-0034", "copy": "F-2222-2222",
}  # fmt: skip
ELSEWISE = {
    "downloading.blank_form_file": {"ending": "xlsx"},
    "reading.version_file": {"ending": "md"},
    "reading.changes_file": {"ending": "xlsx"},
    "reading.removed": {"number": "7.3"},
    "reading.report": {"number_of_round": 1},
    "commenting.on_removed": {"number": "7.3"},
    "committee.removed": {"number": "7.3"},
    "committee.decide_on_removed": {"number": "7.3"},
    "commenting.handed_in": {"reference": "R-2222-2222"},
    "commenting.save": {"reference": "R-2222-2222"},
    "commenting.correct": {"reference": "R-2222-2222"},
    **{
        f"commenting.{name}": {"reference": "R-2222-2222"}
        for name in (
            "add",
            "apply_copy",
            "compared",
            "later_copy",
            "send_copy",
            "revise",
            "revised",
            "confirm_here",
            "my_data",
            "download_data",
            "erase",
            "mail",
            "narrow",
            "withdraw",
            "withdrawn",
        )
    },
    "mine.file": {"ending": "txt"},
    **{f"office.{name}": {"version": "v3-draft-3"} for name in ("draft", "take_in_file", "decide", "draft_text", "publishing", "publish")},
}
LEADS_ON = {
    "moderating.file": 404,
    "moderating.original": 404,
    **{f"room.{name}": 404 for name in ("ask", "invited", "linked", "room", "comment", "people", "review", "forms")},
    "subscribing.manage": 404,
    "mine.late": 404,
    "mine.late_places": 303,
    "reading.attachment": 404,
    "committee.attachment": 404,
    "moderating.attachment": 404,
    "installation": 404,
    "reading.figure": 404,
    "start": 302,
    "reading.newest": 302,
}
