"""The first records: standards with changes, consultations, comments, staff, the record.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "event", "version_text", "clause", "clause_text", "correction", "change_set", "change", "change_clause", "change_text", "placement",
)
ERASABLE = {
    "comment_revision": (("id", "comment_id", "number", "at"), ("text", "rationale", "proposed")),
    "moderation_step": (("id", "comment_id", "before", "after", "reason", "actor_kind", "actor_id", "at"), ("note",)),
}
"""Table -> columns that never change, columns that may only become null (a person's right to erasure)."""


def upgrade() -> None:
    op.create_table('account',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('mail', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('password_hash', sa.String(), nullable=False),
        sa.Column('created_at', Instant(), nullable=False),
        sa.Column('disabled_at', Instant(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
        sa.UniqueConstraint('mail', name=op.f('uq_account_mail'))
    )
    op.create_table('attempt',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('subject_sha256', sa.String(length=64), nullable=False),
        sa.Column('at', Instant(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    op.create_index('ix_attempt_kind_subject_sha256_at', 'attempt', ['kind', 'subject_sha256', 'at'], unique=False)
    op.create_table('consultation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('slug', sa.String(length=64), nullable=False),
        sa.Column('prefix', sa.String(length=16), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=64), nullable=False),
        sa.Column('created_at', Instant(), nullable=False),
        sa.CheckConstraint("state in ('active', 'cancelled', 'voided')", name=op.f('ck_consultation_state')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
        sa.UniqueConstraint('prefix', name=op.f('uq_consultation_prefix')),
        sa.UniqueConstraint('slug', name=op.f('uq_consultation_slug'))
    )
    op.create_table('event',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('scope', sa.String(length=64), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('at', Instant(), nullable=False),
        sa.Column('actor_kind', sa.String(length=64), nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('subject', sa.String(), nullable=False),
        sa.Column('codes', sa.JSON(), nullable=False),
        sa.CheckConstraint("actor_kind in ('account', 'party', 'operator')", name=op.f('ck_event_actor_kind')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
        sa.UniqueConstraint('scope', 'seq', name=op.f('uq_event_scope_seq'))
    )
    op.create_table('event_counter',
        sa.Column('scope', sa.String(length=64), nullable=False),
        sa.Column('last_seq', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('scope', name=op.f('pk_event_counter'))
    )
    op.create_table('outbox',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('payload', sa.JSON(), nullable=False),
        sa.Column('created_at', Instant(), nullable=False),
        sa.Column('due_at', Instant(), nullable=False),
        sa.Column('claimed_until', Instant(), nullable=True),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('done_at', Instant(), nullable=True),
        sa.Column('error', sa.String(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    op.create_index('ix_outbox_done_at_due_at', 'outbox', ['done_at', 'due_at'], unique=False)
    op.create_table('party',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=True),
        sa.Column('mail', sa.String(), nullable=True),
        sa.Column('organisation', sa.String(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_party'))
    )
    op.create_table('staff_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('owner_kind', sa.String(length=64), nullable=False),
        sa.Column('owner_id', sa.Integer(), nullable=False),
        sa.Column('field', sa.String(length=64), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('state', sa.String(length=64), nullable=False),
        sa.CheckConstraint("state in ('machine', 'checked', 'official')", name=op.f('ck_staff_text_state')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_text')),
        sa.UniqueConstraint('owner_kind', 'owner_id', 'field', 'language', name=op.f('uq_staff_text_owner_kind_owner_id_field_language'))
    )
    op.create_table('standard',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('slug', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_standard')),
        sa.UniqueConstraint('slug', name=op.f('uq_standard_slug'))
    )
    op.create_table('consultation_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=True),
        sa.CheckConstraint("kind in ('milestone', 'step', 'highlight', 'question')", name=op.f('ck_consultation_item_kind')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_item_consultation_id_consultation')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_item')),
        sa.UniqueConstraint('consultation_id', 'kind', 'position', name=op.f('uq_consultation_item_consultation_id_kind_position'))
    )
    op.create_table('round',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=64), nullable=False),
        sa.Column('opens_local', sa.String(length=19), nullable=False),
        sa.Column('closes_local', sa.String(length=19), nullable=False),
        sa.Column('zone', sa.String(length=64), nullable=False),
        sa.Column('opens_at', Instant(), nullable=False),
        sa.Column('closes_at', Instant(), nullable=False),
        sa.Column('grace_minutes', sa.Integer(), nullable=False),
        sa.Column('display_rule', sa.String(length=64), nullable=False),
        sa.Column('report_at', Instant(), nullable=True),
        sa.Column('last_comment', sa.Integer(), nullable=False),
        sa.CheckConstraint("display_rule in ('after_moderation', 'after_closing', 'with_report')", name=op.f('ck_round_display_rule')),
        sa.CheckConstraint("state in ('planned', 'cancelled', 'voided')", name=op.f('ck_round_state')),
        sa.CheckConstraint('grace_minutes >= 0', name=op.f('ck_round_grace')),
        sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_round_window')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_round_consultation_id_consultation')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_round_consultation_id_number'))
    )
    op.create_table('seat',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=64), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=True),
        sa.Column('half', sa.String(length=64), nullable=True),
        sa.Column('begins', sa.Date(), nullable=True),
        sa.Column('ends', sa.Date(), nullable=True),
        sa.CheckConstraint("role in ('visitor', 'participant', 'facilitator', 'translator', 'secretariat', 'working_group', 'committee', 'chair', 'observer', 'process_auditor', 'administrator')", name=op.f('ck_seat_role')),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_seat_account_id_account')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_seat_consultation_id_consultation')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_seat'))
    )
    op.create_index(op.f('ix_seat_account_id'), 'seat', ['account_id'], unique=False)
    op.create_table('sign_in',
        sa.Column('token_sha256', sa.String(length=64), nullable=False),
        sa.Column('account_id', sa.Integer(), nullable=False),
        sa.Column('created_at', Instant(), nullable=False),
        sa.Column('expires_at', Instant(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_account_id_account')),
        sa.PrimaryKeyConstraint('token_sha256', name=op.f('pk_sign_in'))
    )
    op.create_index(op.f('ix_sign_in_account_id'), 'sign_in', ['account_id'], unique=False)
    op.create_table('version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('standard_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=64), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('status', sa.String(length=64), nullable=False),
        sa.Column('date', sa.Date(), nullable=True),
        sa.Column('prevails', sa.String(length=35), nullable=False),
        sa.Column('normative', sa.Boolean(), nullable=False),
        sa.Column('effective', sa.Date(), nullable=True),
        sa.Column('transition_until', sa.Date(), nullable=True),
        sa.Column('published_at', Instant(), nullable=False),
        sa.Column('source_sha256', sa.String(length=64), nullable=False),
        sa.CheckConstraint("status in ('draft', 'adopted', 'superseded')", name=op.f('ck_version_status')),
        sa.ForeignKeyConstraint(['standard_id'], ['standard.id'], name=op.f('fk_version_standard_id_standard')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_version')),
        sa.UniqueConstraint('standard_id', 'name', name=op.f('uq_version_standard_id_name')),
        sa.UniqueConstraint('standard_id', 'position', name=op.f('uq_version_standard_id_position'))
    )
    op.create_table('change_set',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('baseline_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('engine', sa.Integer(), nullable=False),
        sa.Column('made_at', Instant(), nullable=False),
        sa.ForeignKeyConstraint(['baseline_id'], ['version.id'], name=op.f('fk_change_set_baseline_id_version')),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_change_set_version_id_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_change_set')),
        sa.UniqueConstraint('version_id', 'baseline_id', 'revision', name=op.f('uq_change_set_version_id_baseline_id_revision'))
    )
    op.create_table('clause',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(length=64), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('level', sa.Integer(), nullable=False),
        sa.Column('parent_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(length=64), nullable=False),
        sa.Column('applies', sa.JSON(), nullable=False),
        sa.Column('source', sa.JSON(), nullable=False),
        sa.CheckConstraint("kind in ('requirement', 'note', 'definition', 'information', 'group')", name=op.f('ck_clause_kind')),
        sa.ForeignKeyConstraint(['parent_id'], ['clause.id'], name=op.f('fk_clause_parent_id_clause')),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_clause_version_id_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clause')),
        sa.UniqueConstraint('version_id', 'number', name=op.f('uq_clause_version_id_number')),
        sa.UniqueConstraint('version_id', 'position', name=op.f('uq_clause_version_id_position'))
    )
    op.create_table('correction',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('reason', sa.String(), nullable=False),
        sa.Column('at', Instant(), nullable=False),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_correction_version_id_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    op.create_index(op.f('ix_correction_version_id'), 'correction', ['version_id'], unique=False)
    op.create_table('round_document',
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('standard_id', sa.Integer(), nullable=False),
        sa.Column('baseline_id', sa.Integer(), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['baseline_id'], ['version.id'], name=op.f('fk_round_document_baseline_id_version')),
        sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_document_round_id_round')),
        sa.ForeignKeyConstraint(['standard_id'], ['standard.id'], name=op.f('fk_round_document_standard_id_standard')),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_round_document_version_id_version')),
        sa.PrimaryKeyConstraint('round_id', 'version_id', name=op.f('pk_round_document')),
        sa.UniqueConstraint('round_id', 'standard_id', name=op.f('uq_round_document_round_id_standard_id'))
    )
    op.create_table('submission',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('party_id', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(length=64), nullable=False),
        sa.Column('secret_sha256', sa.String(length=64), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('content_sha256', sa.String(length=64), nullable=False),
        sa.Column('channel', sa.String(length=64), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('received_at', Instant(), nullable=False),
        sa.Column('late', sa.Boolean(), nullable=False),
        sa.Column('confirmation', sa.String(length=64), nullable=False),
        sa.Column('capacity', sa.String(length=64), nullable=False),
        sa.Column('declared_class', sa.String(length=64), nullable=False),
        sa.Column('country', sa.String(length=2), nullable=False),
        sa.Column('publication_choice', sa.String(length=64), nullable=False),
        sa.Column('consent_version', sa.String(length=64), nullable=False),
        sa.CheckConstraint("capacity in ('individual', 'organisation')", name=op.f('ck_submission_capacity')),
        sa.CheckConstraint("channel in ('web', 'form', 'staff')", name=op.f('ck_submission_channel')),
        sa.CheckConstraint("confirmation in ('none', 'unconfirmed', 'confirmed', 'disowned')", name=op.f('ck_submission_confirmation')),
        sa.CheckConstraint("publication_choice in ('named', 'organisation', 'class', 'confidential')", name=op.f('ck_submission_publication_choice')),
        sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_submission_party_id_party')),
        sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_submission_round_id_round')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
        sa.UniqueConstraint('key', name=op.f('uq_submission_key')),
        sa.UniqueConstraint('reference', name=op.f('uq_submission_reference'))
    )
    op.create_index('ix_submission_round_id_content_sha256', 'submission', ['round_id', 'content_sha256'], unique=False)
    op.create_table('version_text',
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_version_text_version_id_version')),
        sa.PrimaryKeyConstraint('version_id', 'language', name=op.f('pk_version_text'))
    )
    op.create_table('change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('change_set_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kinds', sa.JSON(), nullable=False),
        sa.Column('score', sa.Double(), nullable=False),
        sa.Column('reason', sa.String(length=64), nullable=False),
        sa.Column('unsure', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['change_set_id'], ['change_set.id'], name=op.f('fk_change_change_set_id_change_set')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_change')),
        sa.UniqueConstraint('change_set_id', 'position', name=op.f('uq_change_change_set_id_position'))
    )
    op.create_table('clause_text',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('clause_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('label', sa.String(), nullable=False),
        sa.Column('title', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('plain', sa.String(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('correction_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_clause_text_clause_id_clause')),
        sa.ForeignKeyConstraint(['correction_id'], ['correction.id'], name=op.f('fk_clause_text_correction_id_correction')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clause_text')),
        sa.UniqueConstraint('clause_id', 'language', 'revision', name=op.f('uq_clause_text_clause_id_language_revision'))
    )
    op.create_table('change_clause',
        sa.Column('change_id', sa.Integer(), nullable=False),
        sa.Column('side', sa.String(), nullable=False),
        sa.Column('clause_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.CheckConstraint("side in ('old', 'new')", name=op.f('ck_change_clause_side')),
        sa.ForeignKeyConstraint(['change_id'], ['change.id'], name=op.f('fk_change_clause_change_id_change')),
        sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_change_clause_clause_id_clause')),
        sa.PrimaryKeyConstraint('change_id', 'side', 'clause_id', name=op.f('pk_change_clause'))
    )
    op.create_index('ix_change_clause_clause_id_side', 'change_clause', ['clause_id', 'side'], unique=False)
    op.create_table('change_text',
        sa.Column('change_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('title', sa.JSON(), nullable=False),
        sa.Column('text', sa.JSON(), nullable=False),
        sa.Column('bounded', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['change_id'], ['change.id'], name=op.f('fk_change_text_change_id_change')),
        sa.PrimaryKeyConstraint('change_id', 'language', 'revision', name=op.f('pk_change_text'))
    )
    op.create_table('comment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(length=64), nullable=False),
        sa.Column('target', sa.String(length=64), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=True),
        sa.Column('clause_id', sa.Integer(), nullable=True),
        sa.Column('clause_text_id', sa.Integer(), nullable=True),
        sa.Column('type', sa.String(length=64), nullable=True),
        sa.Column('position', sa.String(length=64), nullable=True),
        sa.Column('language', sa.String(length=35), nullable=False),
        sa.Column('publication_choice', sa.String(length=64), nullable=True),
        sa.Column('state', sa.String(length=64), nullable=False),
        sa.CheckConstraint("(target = 'process') = (version_id is null)", name=op.f('ck_comment_target_version')),
        sa.CheckConstraint("position in ('support', 'support_with_changes', 'neutral', 'oppose', 'question')", name=op.f('ck_comment_position')),
        sa.CheckConstraint("publication_choice in ('named', 'organisation', 'class', 'confidential')", name=op.f('ck_comment_publication_choice')),
        sa.CheckConstraint("state in ('pending', 'cleared', 'held', 'withheld', 'withdrawn', 'erased')", name=op.f('ck_comment_state')),
        sa.CheckConstraint("target in ('process', 'document', 'clause', 'new', 'removed')", name=op.f('ck_comment_target')),
        sa.CheckConstraint("target not in ('clause', 'removed') or clause_id is not null", name=op.f('ck_comment_target_clause')),
        sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_comment_clause_id_clause')),
        sa.ForeignKeyConstraint(['clause_text_id'], ['clause_text.id'], name=op.f('fk_comment_clause_text_id_clause_text')),
        sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_comment_round_id_round')),
        sa.ForeignKeyConstraint(['submission_id'], ['submission.id'], name=op.f('fk_comment_submission_id_submission')),
        sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_comment_version_id_version')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_comment')),
        sa.UniqueConstraint('reference', name=op.f('uq_comment_reference')),
        sa.UniqueConstraint('round_id', 'number', name=op.f('uq_comment_round_id_number'))
    )
    op.create_index('ix_comment_round_id_state', 'comment', ['round_id', 'state', 'number'], unique=False)
    op.create_index(op.f('ix_comment_submission_id'), 'comment', ['submission_id'], unique=False)
    op.create_table('comment_revision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('comment_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=True),
        sa.Column('rationale', sa.String(), nullable=True),
        sa.Column('proposed', sa.String(), nullable=True),
        sa.Column('at', Instant(), nullable=False),
        sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_comment_revision_comment_id_comment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_revision')),
        sa.UniqueConstraint('comment_id', 'number', name=op.f('uq_comment_revision_comment_id_number'))
    )
    op.create_table('moderation_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('comment_id', sa.Integer(), nullable=False),
        sa.Column('before', sa.String(length=64), nullable=False),
        sa.Column('after', sa.String(length=64), nullable=False),
        sa.Column('reason', sa.String(length=64), nullable=True),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('actor_kind', sa.String(length=64), nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('at', Instant(), nullable=False),
        sa.CheckConstraint("after != 'withheld' or reason is not null", name=op.f('ck_moderation_step_withheld_reason')),
        sa.CheckConstraint("after in ('pending', 'cleared', 'held', 'withheld', 'withdrawn', 'erased')", name=op.f('ck_moderation_step_after')),
        sa.CheckConstraint("before in ('pending', 'cleared', 'held', 'withheld', 'withdrawn', 'erased')", name=op.f('ck_moderation_step_before')),
        sa.CheckConstraint("reason in ('abuse', 'off_topic', 'spam', 'illegal', 'own_duplicate', 'third_party_data', 'confidential_information', 'disowned')", name=op.f('ck_moderation_step_reason')),
        sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_moderation_step_comment_id_comment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_step'))
    )
    op.create_index(op.f('ix_moderation_step_comment_id'), 'moderation_step', ['comment_id'], unique=False)
    op.create_table('placement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('comment_id', sa.Integer(), nullable=False),
        sa.Column('clause_id', sa.Integer(), nullable=True),
        sa.Column('actor_kind', sa.String(length=64), nullable=False),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('at', Instant(), nullable=False),
        sa.ForeignKeyConstraint(['clause_id'], ['clause.id'], name=op.f('fk_placement_clause_id_clause')),
        sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_placement_comment_id_comment')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_placement'))
    )
    op.create_index(op.f('ix_placement_clause_id'), 'placement', ['clause_id'], unique=False)
    op.create_index(op.f('ix_placement_comment_id'), 'placement', ['comment_id'], unique=False)

    for table in APPEND_ONLY:
        guard(table)
    for table, (fixed, erasable) in ERASABLE.items():
        guard_but_erasure(table, fixed, erasable)


def guard(table: str) -> None:
    """Rows are added, never changed or deleted. To be called again after every batch rebuild on SQLite, which loses triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"create trigger {table}_no_{act} before {act} on \"{table}\" begin select raise(abort, 'append-only'); end")
        return
    op.execute(
        """create or replace function append_only() returns trigger language plpgsql as $$
        begin raise exception 'append-only: % on %', tg_op, tg_table_name using errcode = 'restrict_violation'; end $$"""
    )
    op.execute(f"create trigger {table}_append_only before update or delete on \"{table}\" for each row execute function append_only()")
    op.execute(f"create trigger {table}_no_truncate before truncate on \"{table}\" for each statement execute function append_only()")


def guard_but_erasure(table: str, fixed: tuple[str, ...], erasable: tuple[str, ...]) -> None:
    same = "is" if op.get_bind().dialect.name == "sqlite" else "is not distinct from"
    kept = " and ".join(f'new."{column}" {same} old."{column}"' for column in fixed)
    erased = " and ".join(f'(new."{column}" is null or new."{column}" {same} old."{column}")' for column in erasable)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"create trigger {table}_no_update before update on {table} when not ({kept} and {erased}) begin select raise(abort, 'append-only'); end"
        )
        op.execute(f"create trigger {table}_no_delete before delete on {table} begin select raise(abort, 'append-only'); end")
        return
    op.execute(f"create trigger {table}_append_only before update on {table} for each row when (not ({kept} and {erased})) execute function append_only()")
    op.execute(f"create trigger {table}_no_delete before delete on {table} for each row execute function append_only()")
    op.execute(f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function append_only()")


def downgrade() -> None:
    raise NotImplementedError("the first revision has nothing before it: restore a backup")
