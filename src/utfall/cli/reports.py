"""`utfall report`: what happened and what it cost, from the lake, in the words of the semantic layer."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import settings_of
from utfall.cli.showing import say, say_json, say_table, tell, text_output

if TYPE_CHECKING:
    from utfall.lake import Language, Query, Report

DEFAULT_METRICS: Final = "impressions,clicks,leads,sales,revenue,cost,commission_pending,commission_approved"
FORMS: Final = ("table", "csv", "json", "parquet")
_DAY: Final = click.DateTime(["%Y-%m-%d"])

EPILOG: Final = """
\b
Examples:
  utfall report
  utfall report --by month,program --from 2026-01-01 --to 2026-06-30
  utfall report --metrics clicks,cost,cpc --by publisher --where program=101 --order -cost
  utfall report --by day --format csv --out days.csv
  utfall report --metrics gross_clicks --by reason --json
  utfall report --list
"""


def _names(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (value or "").split(",") if name.strip())


@click.command(epilog=EPILOG)
@click.option(
    "--metrics", default=DEFAULT_METRICS, callback=_names, help="Names of metrics, with commas between."
)
@click.option("--by", callback=_names, help="Names of dimensions: month,program")
@click.option(
    "--where", multiple=True, metavar="NAME=VALUE", help="Only these: program=101,102. May be repeated."
)
@click.option("--from", "start", type=_DAY, help="First day, in each program's own time zone.")
@click.option("--to", "end", type=_DAY, help="Last day, included.")
@click.option("--order", callback=_names, help="Names of columns; a minus sign puts the largest first.")
@click.option("--limit", type=click.IntRange(1), help="At most so many rows.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--language", type=click.Choice(["sv", "nb", "en"]), default="en", help="Of the headings.")
@click.option("--list", "wants_list", is_flag=True, help="List the metrics and dimensions there are.")
@click.pass_context
def report(
    context: click.Context,
    /,
    *,
    metrics: tuple[str, ...],
    by: tuple[str, ...],
    where: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    order: tuple[str, ...],
    limit: int | None,
    form: str,
    out: Path | None,
    language: "Language",
    wants_list: bool,
) -> None:
    """Sums and ratios of what happened, by any dimension."""
    if wants_list:
        return _list(language, as_json=form == "json")
    if form == "parquet" and out is None:
        raise click.UsageError("--format parquet needs --out FILE")
    from utfall.lake import Lake, Query, QueryError, parse_where

    settings = settings_of(context)
    try:
        query = Query(metrics, by, parse_where(where), _day(start), _day_after(end), order, limit)
        with Lake(settings.lake_dir) as lake:
            found = lake.report(query, snapshot=snapshot_or_none(settings))
    except QueryError as error:
        raise click.UsageError(f"{error} (utfall report --list)") from error
    _show(found, query, form, out, language)
    return None


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _day_after(at: datetime | None) -> date | None:
    return at.date() + timedelta(days=1) if at else None


def _show(found: "Report", query: "Query", form: str, out: Path | None, language: "Language") -> None:
    from utfall.lake import to_json, write_csv, write_parquet

    match form:
        case "parquet":
            assert out is not None, "asked for above"
            write_parquet(found, out)
        case "csv":
            with text_output(out) as file:
                write_csv(found, file)
        case "json":
            _show_json(to_json(found), out)
        case _ if out is None:
            show_table(found, language)
        case _:
            raise click.UsageError("--out needs --format csv, json or parquet")
    if out is not None:
        tell(f"{found.rows.num_rows} rows in {out}")


def _show_json(content: bytes, out: Path | None) -> None:
    if out is None:
        say_json(content)
    else:
        out.write_bytes(content)


def show_table(found: "Report", language: "Language" = "en") -> None:
    """A report as a table, with its totals."""
    from utfall.lake import table_rows

    lines = table_rows(found, language)
    totals = found.totals.num_rows
    dimensions = len(found.columns) - sum(hasattr(column, "unit") for column in found.columns)
    body = lines[1:]
    # Without a dimension but the currency, the rows are the totals already.
    body = body[: len(body) - totals] if found.rows.num_rows == totals else body
    if not body:
        say("Nothing has happened yet, or nothing that was asked for.")
        return
    say_table(lines[0], body, words=dimensions, totals=totals if len(body) > found.rows.num_rows else 0)


def _list(language: "Language", *, as_json: bool) -> None:
    from utfall.lake import DIMENSIONS, METRICS

    metrics = [(name, getattr(each.words, language), each.description) for name, each in METRICS.items()]
    dimensions = [
        (name, getattr(each.words, language), each.description) for name, each in DIMENSIONS.items()
    ]
    if as_json:
        names = ("name", "words", "description")
        say_json(
            {
                "metrics": [dict(zip(names, each, strict=True)) for each in metrics],
                "dimensions": [dict(zip(names, each, strict=True)) for each in dimensions],
            }
        )
        return
    say_table(["metric", "words", "formula"], metrics, words=3)
    say_table(["dimension", "words", "what it is"], dimensions, words=3)
