"""What the command line says to those who run an installation: in English, as all it says, and in no catalogue."""

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


def operating_sentence(problem: Problem) -> str:
    return SENTENCES[problem.code] % problem.params
