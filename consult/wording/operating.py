"""What the command line says to those who run an installation: in English, as all it says, and in no catalogue."""

from consult.core.health import Finding
from consult.core.problem import Problem

SENTENCES: dict[str, str] = {
    # making a backup
    "backup_exists": "%(file)s is there already: choose another name, or replace it with --force",
    "backup_nowhere": "%(file)s is no name for a file here: its folder is not there, or it is a folder itself",
    "database_in_memory": "CONSULT_DATABASE_URL names a database in memory, of which nothing can be kept",
    "database_missing": "there is no database %(file)s",
    "database_unmigrated": "the database is empty or none of consult's: nothing to keep",
    "database_damaged": "the database is damaged (%(said)s): no copy of it would be worth anything; restore the newest backup",
    "program_missing": "%(program)s is not there: databases of PostgreSQL are copied by its own client programs (Debian: apt install postgresql-client)",
    "program_failed": "%(program)s could not do it, and nothing was changed: %(said)s",
    # reading one
    "backup_unreadable": "the file is no backup of consult: %(why)s; nothing was changed",
    "backup_truncated": "the end of the backup is missing, or something follows it: take it from where it came from once more; nothing was changed",
    "backup_format": "the backup is of form %(format)s, which a later consult wrote: restore it with that one; nothing was changed",
    "backup_member": "%(name)s is in the file, which no backup of consult has: it is not restored; nothing was changed",
    "backup_part": "%(name)s in the backup is missing, or not as long as its manifest says: the backup is damaged; nothing was changed",
    "backup_sum": "%(name)s in the backup is not what its manifest says: the backup is damaged or was changed; nothing was changed here",
    "backup_seal": "the seal of the backup does not fit its manifest: it was changed after it was made; nothing was changed here",
    "backup_key_missing": (
        "CONSULT_SECRET_KEY is not set: set the key that the backup was made with, or restore with --other-key and lose what hangs on it "
        "(consult restore --help); nothing was changed"
    ),
    "backup_key_other": (
        "CONSULT_SECRET_KEY is not the key that the backup was made with: set that one, or restore with --other-key and lose what hangs on it "
        "(consult restore --help); nothing was changed"
    ),
    "backup_engine": (
        "the backup is of %(of)s, and CONSULT_DATABASE_URL names a database of %(to)s: a backup goes back to the kind it came from; nothing was changed"
    ),
    "backup_newer": "the backup is at revision %(revision)s, of consult %(consult)s, which this program does not know: use that one or a later; nothing was changed",
    # where it is to go
    "target_nowhere": "there is no folder %(folder)s for the database: make it; nothing was changed",
    "target_filled_sqlite": (
        "%(file)s is there already, and nothing is restored over a database: name a file that is not there in CONSULT_DATABASE_URL, or move this one "
        "away together with -wal and -shm beside it; nothing was changed"
    ),
    "target_log": "%(file)s is left of another database and would be played into this one: move it away; nothing was changed",
    "target_filled_postgresql": (
        "the database %(name)s has tables in it, and nothing is restored over a database: make an empty one (createdb NAME) and name it in "
        "CONSULT_DATABASE_URL; nothing was changed"
    ),
    "files_filled": "%(folder)s has other files in it: name an empty folder in CONSULT_FILES; nothing was changed",
    "restored_differs": "what is in the copied database is not what the manifest says: do not use it",
}


FINDINGS: dict[str, str] = {
    "settings_unusable": "%(said)s",
    "key_missing": "CONSULT_SECRET_KEY is not set: consult serve does not start without it (at least %(least)s characters, drawn at random)",
    "key_short": "CONSULT_SECRET_KEY has less than %(least)s characters: consult serve does not start with it",
    "key_weak": "CONSULT_SECRET_KEY consists of %(letters)s different characters: draw one at random before anybody comments, and keep it",
    "key_set": "set, %(characters)s characters",
    "key_fits": "it is the one that the newest receipt was made with",
    "key_other": "it is not the one that the newest receipt was made with: links and codes that were mailed open nothing; set the former one again",
    "address_missing": "CONSULT_PUBLIC_ADDRESS is not set: mails name pages without a link",
    "address_wrong": "CONSULT_PUBLIC_ADDRESS is no address such as https://consult.example.org",
    "address_plain": "CONSULT_PUBLIC_ADDRESS is not an https address: what people type can be read on its way",
    "address_set": "https, %(host)s",
    "cookies_plain": "CONSULT_SECURE_COOKIES is 0: sign-ins can be read on their way; right on loopback only",
    "proxies_none": "CONSULT_TRUSTED_PROXIES is 0: behind a proxy all visitors seem to come from it, and limits do not hold",
    "languages_there": "%(languages)s have their catalogues",
    "catalogue_missing": "no compiled catalogue for %(language)s: its pages are in English (consult i18n compile, or CONSULT_TRANSLATIONS)",
    "mail_off": "CONSULT_SMTP_URL is not set: mails stay in the outbox",
    "mail_wrong": "CONSULT_SMTP_URL is no address such as smtp://user:password@host:587 or smtps://host",
    "mail_set": "leaves by %(host)s (--smtp asks whether it answers)",
    "mail_answers": "the server answers and lets us in",
    "mail_silent": "the server does not take mails from us (%(said)s): they wait in the outbox",
    "scanner_off": "files are not scanned: CONSULT_SCANNER is not set",
    "scanner_missing": "the program that CONSULT_SCANNER names is not there: files that came in wait for it",
    "scanner_there": "files are looked at before others get them",
    "database_address": "CONSULT_DATABASE_URL is not the address of a database",
    "database_absent": "there is no database at %(file)s: consult init makes one",
    "database_silent": "it does not answer: %(said)s",
    "database_answers": "%(engine)s answers",
    "schema_old": "at revision %(found)s, the program needs %(wanted)s: make a backup, then run consult init",
    "schema_empty": "empty: run consult init",
    "schema_fine": "at revision %(found)s, the newest",
    "database_broken": "damaged: %(said)s; stop the server and restore the newest backup",
    "database_sound": "its structure is sound",
    "durability_poor": "%(name)s is %(value)s and has to be %(wanted)s: what was acknowledged can be lost",
    "durability_fine": "what is acknowledged is on the disk (%(settings)s)",
    "database_read_only": "%(file)s, or the folder it lies in, cannot be written by this user: nothing can be submitted",
    "database_readable": "%(file)s can be read by every user of this machine: chmod 600",
    "guards_lost": "%(count)s guards against changing what is on record are missing or changed, %(first)s first: somebody was at the database; restore it",
    "guards_there": "what is on record is guarded against changes",
    "record_wrong": "consult verify finds %(count)s differences",
    "record_sound": "%(comments)s comments recounted, %(events)s events without a gap",
    "clocks_apart": "the clocks of this machine and of the database are %(seconds)s s apart: windows close by this one; set both by NTP",
    "clock_stopped": "the program's clock is %(seconds)s s off that of the machine: CONSULT_TEST_CLOCK is set, and is for tests alone",
    "events_ahead": "the newest event is %(minutes)s minutes in the future: the clock was wrong then, or is now",
    "clock_fine": "%(now)s UTC, and nothing on record is later",
    "room_free": "%(free_mb)s MB free for %(folder)s",
    "room_little": "only %(free_mb)s MB free for %(folder)s: without room nothing can be submitted",
    "files_relative": "the folder of files depends on where a command is started (from here it is %(folder)s): name it whole in CONSULT_FILES",
    "storage_unwritable": "nothing can be written into %(folder)s: files that come in are refused (%(said)s)",
    "files_missing": "%(count)s files that rows name are missing, %(first)s first: take them from a backup",
    "files_resized": "%(count)s files do not have the size they came with, %(first)s first: take them from a backup",
    "files_damaged": "%(count)s files have other bytes than those they came with, %(first)s first: take them from a backup",
    "files_remade": "%(count)s files of versions are missing: they are made again when somebody asks for them",
    "files_unnamed": "%(count)s files are named by no row: nobody gets them; look whether a restore or a kill left them",
    "files_there": "%(count)s files there, %(read)s of them read (--deep reads all)",
    "outbox_late": "%(due)s rows of the outbox (%(kind)s) are due, the oldest for %(minutes)s minutes: does consult worker run?",
    "outbox_given_up": "%(count)s rows of the outbox (%(kind)s) were given up: consult worker --status tells the error",
    "closing_unseen": "round %(round)s has closed and is not on the record as closed: does consult worker run?",
    "worker_fine": "nothing waits longer than it should",
    "fonts_missing": "no font %(name)s: Chinese is not set in PDFs (Debian: apt install fonts-noto-cjk)",
    "fonts_there": "fonts for PDFs are there",
    "program_absent": "%(program)s is not there: no backup of PostgreSQL without it (Debian: apt install postgresql-client)",
    "program_there": "%(program)s is there",
}
"""What `consult doctor` finds."""


def finding_sentence(finding: Finding) -> str:
    return FINDINGS[finding.code] % finding.params


def operating_sentence(problem: Problem) -> str:
    return SENTENCES[problem.code] % problem.params
