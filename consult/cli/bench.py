"""`consult bench`: what comparing and serving cost, as ratios against a floor or a peer measured in the same run."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from consult.core.clause import Draft


@click.group(short_help="Measure comparing and serving.")
def bench() -> None:
    """Measure, as ratios against a floor or a peer in the same run. Nothing is stored."""


@bench.command("diff", short_help="Measure comparing beside its peers.")
@click.argument("old", required=False, type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Two versions with known links (JSON) instead of a synthetic standard.",
)
@click.option(
    "--clauses", metavar="N", multiple=True, type=click.IntRange(1, 20_000), default=(60, 300, 1000, 3000), show_default=True,
    help="Sizes of synthetic standards for time and memory; may be given several times.",
)  # fmt: skip
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 50), help="Times of words are medians of so many.")
def diff(old: Path | None, new: Path | None, corpus: Path | None, clauses: tuple[int, ...], rounds: int) -> None:
    """Measure the comparison in four tables, each beside its peers in the same run.

    Known links found, with numbers and blind; words of OLD and NEW (by default the demonstration's V2 and V3 draft 2); words of the corpus;
    time and highest memory of synthetic standards, each in a process of its own.
    """
    from consult.demo.bench_diff import find, measure, sizes
    from consult.demo.bench_standard import read_corpus, synthetic

    first, second = _drafts(old, new)
    try:
        known = read_corpus(corpus) if corpus else synthetic(300)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{corpus}: no corpus: {error!r}") from error
    click.echo(f"{'links':34} {'numbers':>8} {'precision':>10} {'recall':>7} {'F1':>6} {'seconds':>8}")
    for row in find(known):
        numbers = "blind" if row.blind else "visible"
        click.echo(f"{row.method:34} {numbers:>8} {row.precision:10.1f} {row.recall:7.1f} {row.f1:6.1f} {row.seconds:8.3f}")
    for before, after in ((first, second), (known.old, known.new)):
        click.echo(f"\n{'engine':34} {'seconds':>8} {'ratio':>7} {'hunks/pair':>11} {'cut words %':>12} {'exact':>6}")
        for line in measure(before, after, rounds):
            exact = "yes" if line.exact else "no"
            click.echo(f"{line.engine:34} {line.seconds:8.3f} {line.ratio:7.2f} {line.hunks:11.2f} {line.cut:12.1f} {exact:>6}")
    click.echo("\nclauses   seconds      MB     F1  by number words only  characters  difflib")
    for size in sizes(clauses):
        peers = f"{size.words:10.2f} {size.characters_ratio:11.1f} {size.difflib_ratio:8.1f}"
        click.echo(f"{size.clauses:<8} {size.seconds:8.2f} {size.megabytes:7.0f} {size.f1:6.1f} {size.f1_by_number:10.1f} {peers}")


def _drafts(old: Path | None, new: Path | None) -> "tuple[Draft, Draft]":
    from consult.core.draft import read_draft
    from consult.resources import resource

    content = resource("content") / "performance-standard"
    paths = (old or content / "v2" / "en.md", new or content / "v3-draft-2" / "en.md")
    try:
        drafts = [read_draft(path.read_bytes(), file=str(path))[0] for path in paths]
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if drafts[0] is None or drafts[1] is None:
        raise click.ClickException("a draft cannot be read: run consult check on it")
    return drafts[0], drafts[1]


@bench.command("pages", short_help="Read the pages of a demonstration.")
@click.option("--requests", default=20, show_default=True, type=click.IntRange(1, 1000), help="Times are medians of so many.")
@click.option("--comments", metavar="N", type=click.IntRange(1, 1_000_000), help="Fill the open round up to so many comments first.")
def pages(requests: int, comments: int | None) -> None:
    """Read the pages of a demonstration in a folder of its own, of staff too: SQL statements, bytes, time against the health page."""
    from consult.demo.bench_pages import measure

    click.echo(f"{'page':64} {'ms':>8} {'ratio':>7} {'SQL':>4} {'kB':>7} {'kB gz':>7}")
    for line in measure(requests, comments):
        click.echo(
            f"{line.page:64} {line.milliseconds:8.2f} {line.ratio:7.1f} {line.statements:4} {line.kilobytes:7.1f} {line.compressed:7.1f}"
        )
