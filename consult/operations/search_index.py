"""What is found by searching, kept in step inside the transactions that change it."""

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from consult.core.revision import shown_revision
from consult.core.search import tokens
from consult.extensions import writing
from consult.models import ClauseRow, ClauseText, Comment, CommentRevision, SearchEntry, Version


def index_version(session: Session, version_id: int) -> None:
    """The newest texts of a version's clauses, in each language."""
    texts = session.scalars(
        select(ClauseText)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id == version_id, ClauseRow.number.is_not(None))
        .order_by(ClauseText.clause_id, ClauseText.language, ClauseText.revision)
    )
    newest = {(each.clause_id, each.language): each for each in texts}
    of_version = select(ClauseRow.id).where(ClauseRow.version_id == version_id).scalar_subquery()
    session.execute(delete(SearchEntry).where(SearchEntry.kind == "clause", SearchEntry.owner_id.in_(of_version)))
    session.add_all(
        SearchEntry(
            kind="clause", owner_id=each.clause_id, language=each.language, tokens=" ".join(tokens(each.label, each.title, each.plain))
        )
        for each in newest.values()
    )
    session.flush()


def index_comment(session: Session, comment: Comment) -> None:
    """A cleared comment is found by its cleared words, any other is not: what may not be read leaves no word behind."""
    session.execute(delete(SearchEntry).where(SearchEntry.kind == "comment", SearchEntry.owner_id == comment.id))
    if comment.state != "cleared":
        return
    words = session.execute(
        select(CommentRevision.text, CommentRevision.rationale, CommentRevision.proposed).where(
            CommentRevision.comment_id == comment.id,
            CommentRevision.number == shown_revision(comment.state, comment.newest_revision, comment.cleared_revision),
        )
    ).one()
    found = tokens(comment.reference, *(each for each in words if each))
    session.add(SearchEntry(kind="comment", owner_id=comment.id, language=comment.language, tokens=" ".join(found)))
    session.flush()


def forget_words(session: Session) -> None:
    """SQLite keeps the tokens of a row that is gone until it tidies its index up: after an erasure that is now."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("insert into search_index(search_index) values ('optimize')"))


def index_missing() -> int:
    """Versions and comments stored before there was a search are taken in; gives how many."""
    with writing() as session:
        entries = select(SearchEntry.owner_id).where(SearchEntry.kind == "clause")
        versions = session.scalars(
            select(Version.id)
            .where(Version.id.in_(select(ClauseRow.version_id).where(ClauseRow.number.is_not(None), ClauseRow.id.not_in(entries))))
            .order_by(Version.id)
        ).all()
        for each in versions:
            index_version(session, each)
        known = select(SearchEntry.owner_id).where(SearchEntry.kind == "comment")
        comments = session.scalars(select(Comment).where(Comment.state == "cleared", Comment.id.not_in(known))).all()
        for comment in comments:
            index_comment(session, comment)
        return len(versions) + len(comments)
