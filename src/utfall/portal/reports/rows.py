"""The rows of a report's table as HTML: a thousand cells of one kind, written without a template for each."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from utfall.portal.access import Caller
from utfall.portal.reports.tabulating import Cell, Line, Table


def rows_html(caller: Caller, table: Table) -> SafeString:
    """Every row, each number leading to the events it counts and each name to the report of it alone."""
    report, events = (reverse(f"reports:{page}", args=[caller.slug]) for page in ("index", "events"))
    words = escape(_("Events"))
    return SafeString("".join([_row(line, report, events, words) for line in table.lines]))


def _row(line: Line, report: str, events: str, words: str) -> str:
    cells = [_cell(cell, place, report, events) for place, cell in enumerate(line.cells)]
    way = f"{events}?{escape(line.events)}"
    last = f'<td class="row-actions"><a class="btn btn-sm btn-ghost-secondary" href="{way}">{words}</a></td>'
    return f"<tr>{''.join(cells)}{last}</tr>"


def _cell(cell: Cell, place: int, report: str, events: str) -> str:
    words: str = escape(cell.words)
    if cell.is_number:
        if cell.href:
            words = f'<a class="report-number" href="{events}?{escape(cell.href)}">{words}</a>'
        changed = f'<small class="report-change">{escape(cell.changed)}</small>' if cell.changed else ""
        return f'<td class="number">{words}{changed}</td>'
    if cell.href:
        words = f'<a href="{report}?{escape(cell.href)}">{words}</a>'
    return f"<td>{words}</td>" if place else f'<th scope="row">{words}</th>'
