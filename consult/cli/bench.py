"""`consult bench`: what comparing and serving cost, as ratios against a floor or a peer measured in the same run."""

from pathlib import Path

import click


@click.group(short_help="Measure comparing and serving.")
def bench() -> None:
    """Measure, as ratios against a floor or a peer in the same run. Nothing is stored."""


@bench.command("diff", short_help="Compare two drafts beside two others.")
@click.argument("old", required=False, type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1, 50), help="Times are medians of so many.")
def diff(old: Path | None, new: Path | None, rounds: int) -> None:
    """Compare two drafts (by default the demonstration's V2 and V3 draft 2) beside two others."""
    from consult.core.draft import read_draft
    from consult.demo.bench_diff import measure
    from consult.resources import resource

    content = resource("content") / "performance-standard"
    paths = (old or content / "v2" / "en.md", new or content / "v3-draft-2" / "en.md")
    try:
        drafts = [read_draft(path.read_bytes(), file=str(path))[0] for path in paths]
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    if drafts[0] is None or drafts[1] is None:
        raise click.ClickException("a draft cannot be read: run consult check on it")
    click.echo(f"{'engine':34} {'seconds':>8} {'ratio':>7} {'hunks/pair':>11} {'cut words %':>12} {'exact':>6}")
    for line in measure(drafts[0], drafts[1], rounds):
        click.echo(
            f"{line.engine:34} {line.seconds:8.3f} {line.ratio:7.2f} {line.hunks:11.2f} {line.cut:12.1f} {'yes' if line.exact else 'no':>6}"
        )


@bench.command("pages", short_help="Read the pages of a demonstration.")
@click.option("--requests", default=20, show_default=True, type=click.IntRange(1, 1000), help="Times are medians of so many.")
def pages(requests: int) -> None:
    """Read the pages of a demonstration in a folder of its own: SQL statements, bytes, time against the health page."""
    from consult.demo.bench_pages import measure

    click.echo(f"{'page':64} {'ms':>8} {'ratio':>7} {'SQL':>4} {'kB':>7} {'kB gz':>7}")
    for line in measure(requests):
        click.echo(
            f"{line.page:64} {line.milliseconds:8.2f} {line.ratio:7.1f} {line.statements:4} {line.kilobytes:7.1f} {line.compressed:7.1f}"
        )
