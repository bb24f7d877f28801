"""The operations of imports."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.imports import (
    ImportAnswer,
    ImportedSaleAnswer,
    ImportKind,
    ImportMappingAnswer,
    ImportNetwork,
    ImportRowAnswer,
    ImportRowState,
    ImportVerdict,
    ListedImportAnswer,
    ListedImportedSaleAnswer,
    ListedImportRowAnswer,
    OwnMappingAnswer,
)
from utfall.client.models.imports_sent import ImportMappingSaid, MappingKept
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Imports:
    """Imports."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def upload(
        self, *, advertiser: int | None = None, file: File, idempotency_key: str | None = None
    ) -> ImportAnswer:
        """Send a file of another network. It is kept and its heading is read; nothing is imported. Say
        next which column is what.
        """
        return self._calls.call(
            "POST",
            "/imports",
            ImportAnswer,
            query={"advertiser": advertiser},
            form={"file": file},
            key=idempotency_key,
        )

    def imports(self, *, after: int | None = None, limit: int | None = None) -> ListedImportAnswer:
        """Imports. Newest first."""
        return self._calls.call("GET", "/imports", ListedImportAnswer, query={"after": after, "limit": limit})

    def each_imports(self, *, limit: int | None = None) -> Iterator[ImportAnswer]:
        """Imports. All of them, part by part."""
        return each(lambda after: self.imports(after=after, limit=limit))

    def imported(self, imported: int) -> ImportAnswer:
        """One import. How far it is, and what its rows come to."""
        return self._calls.call("GET", f"/imports/{imported}", ImportAnswer)

    def columns(
        self,
        imported: int,
        *,
        network: ImportNetwork | None = None,
        kind: ImportKind | None = None,
        own: int | None = None,
    ) -> ImportMappingAnswer:
        """What a file's columns are taken for. Suggested by the heading, with what stands in each column."""
        return self._calls.call(
            "GET",
            f"/imports/{imported}/columns",
            ImportMappingAnswer,
            query={"network": network, "kind": kind, "own": own},
        )

    def map_columns(
        self, imported: int, body: ImportMappingSaid, *, idempotency_key: str | None = None
    ) -> ImportAnswer:
        """Say which column is what, and check every row. The rows are checked in the background: each is
        tried, and taken back.
        """
        return self._calls.call(
            "PUT", f"/imports/{imported}/columns", ImportAnswer, body=body, key=idempotency_key
        )

    def own_mappings(self) -> tuple[OwnMappingAnswer, ...]:
        """Mappings that were kept. By name. One whose headings a new file has is used for it by itself."""
        return self._calls.call("GET", "/imports/mappings", tuple[OwnMappingAnswer, ...])

    def keep_mapping(
        self, imported: int, body: MappingKept, *, idempotency_key: str | None = None
    ) -> OwnMappingAnswer:
        """Keep a mapping. What the columns of this file are, under a name; the mapping of that name is
        replaced.
        """
        return self._calls.call(
            "POST", f"/imports/{imported}/mapping", OwnMappingAnswer, body=body, key=idempotency_key
        )

    def forget_mapping(self, own_mapping: int, *, idempotency_key: str | None = None) -> None:
        """Forget a kept mapping. What was imported with it stays."""
        self._calls.call("DELETE", f"/imports/mappings/{own_mapping}", type(None), key=idempotency_key)

    def rows(
        self,
        imported: int,
        *,
        verdict: ImportVerdict | None = None,
        state: ImportRowState | None = None,
        differing: bool | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedImportRowAnswer:
        """Rows of an import. Each with its verdict, and then with what became of it."""
        return self._calls.call(
            "GET",
            f"/imports/{imported}/rows",
            ListedImportRowAnswer,
            query={
                "verdict": verdict,
                "state": state,
                "differing": differing,
                "after": after,
                "limit": limit,
            },
        )

    def each_rows(
        self,
        imported: int,
        *,
        verdict: ImportVerdict | None = None,
        state: ImportRowState | None = None,
        differing: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[ImportRowAnswer]:
        """Rows of an import. All of them, part by part."""
        return each(
            lambda after: self.rows(
                imported, after=after, verdict=verdict, state=state, differing=differing, limit=limit
            )
        )

    def apply(self, imported: int, *, idempotency_key: str | None = None) -> ImportAnswer:
        """Import what was checked. The new and the changed rows are imported in the background; what
        stopped half way goes on.
        """
        return self._calls.call("POST", f"/imports/{imported}/import", ImportAnswer, key=idempotency_key)

    def undo(self, imported: int, *, idempotency_key: str | None = None) -> ImportAnswer:
        """Undo an import. What nothing depends on is taken back, in the background; rows that stay say
        why.
        """
        return self._calls.call("POST", f"/imports/{imported}/undo", ImportAnswer, key=idempotency_key)

    def discard(self, imported: int, *, idempotency_key: str | None = None) -> ImportAnswer:
        """Discard a file. Forget a file that was not imported."""
        return self._calls.call("POST", f"/imports/{imported}/discard", ImportAnswer, key=idempotency_key)

    def sales(
        self,
        *,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedImportedSaleAnswer:
        """Imported sales. What other networks said of your sales; what was imported last first."""
        return self._calls.call(
            "GET",
            "/imported-sales",
            ListedImportedSaleAnswer,
            query={
                "program": program,
                "publisher": publisher,
                "search": search,
                "after": after,
                "limit": limit,
            },
        )

    def each_sales(
        self,
        *,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ImportedSaleAnswer]:
        """Imported sales. All of them, part by part."""
        return each(
            lambda after: self.sales(
                after=after, program=program, publisher=publisher, search=search, limit=limit
            )
        )
