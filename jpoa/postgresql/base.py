"""Django's own backend for PostgreSQL, whose cursors name the reader first. See `commitments/second_lock.py`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base
from django.utils import timezone
from psycopg2.extensions import TRANSACTION_STATUS_INERROR, TRANSACTION_STATUS_INTRANS, cursor

from commitments.second_lock import reader

# PostgreSQL takes this only as the first statement of a transaction, and it reads nothing.
_BEFORE_ANY = "SET TRANSACTION"
# Of whoever was named earlier in this transaction.
_FORGET = "RESET jpoa.reader"


def _naming(name: str) -> str:
    """Sent in one message with the statement: both are in one transaction, which ends there or is open already."""
    if not name.isalnum():
        raise ValueError(name)
    today = timezone.now().date().isoformat()
    return f"SELECT set_config('jpoa.reader', '{name}', true), set_config('jpoa.today', '{today}', true); "


class Cursor(cursor):
    """Of two statements in one message psycopg2 shows the result of the last."""

    def execute(self, query: Any, params: Any = None) -> None:
        statement = query if isinstance(query, str) else query.as_string(self)
        super().execute(self._prefix(statement) + statement, params)

    def _prefix(self, statement: str) -> str:
        status = self.connection.info.transaction_status
        if self.name or statement.startswith(_BEFORE_ANY) or status == TRANSACTION_STATUS_INERROR:
            return ""  # declared on the server in a statement around it; of what has failed there is only the way back
        if name := reader():
            return _naming(name)
        return f"{_FORGET}; " if status == TRANSACTION_STATUS_INTRANS else ""

    def executemany(self, query: Any, params_list: Iterable[Any]) -> None:
        for params in params_list:
            self.execute(query, params)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": Cursor}

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor that stays on the server cannot name the reader: within a request all rows come at once. Nor does it
        forget who was named earlier in its transaction, which is done before."""
        if name and self.in_atomic_block and not reader():
            with super().create_cursor() as plain:
                plain.execute(_FORGET)
        return super().create_cursor(None if reader() else name)
