"""Opens the register: a SQLite file, or a PostgreSQL database if the settings have its address."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select
from sqlalchemy.exc import ArgumentError

from psm_course.errors import Refused, StoreError, cause, next_step
from psm_course.settings import Settings
from psm_course.store import migrating
from psm_course.store.engine import (
    NO_DATABASE,
    OFFICE,
    PATIENCE,
    READING,
    TOGETHER,
    WAITING,
    Store,
    own_errors,
)
from psm_course.store.log.epochs import log_host
from psm_course.store.schema import office as office_table
from psm_course.store.sqlite import keep_copy, make_private, prepare
from psm_course.store.swapping import refuse_half_restored

# The lock that makes PostgreSQL, like SQLite, take one writer of an office at a time. The number
# only has to be the same everywhere.
_ONE_WRITER = 7_367_753
# The lock that every connection to an office's register shares, so that `sole_use` can find out if
# anybody has it open.
_IS_OPEN = 7_367_754
_HOLDS = "psm_holds"
_PIPELINE = "psm_pipeline"
_NONE = (None, None)


def open_register(settings: Settings, migrate: bool = False) -> AbstractContextManager[Store]:
    """Open the register that the settings name, while the block runs.

    It is a PostgreSQL database if `settings.database` has an address, otherwise a SQLite file.

    Args:
        settings: the settings of the office, or of a rehearsal.
        migrate: True prepares a register on a server for this version and office too. A file is
            always prepared.

    Raises:
        Refused: the server's address is invalid, the register belongs to another office, or a
            restore stopped half way.
        StoreError: the register cannot be opened, or is not ready for this version.
    """
    refuse_half_restored(settings.data)
    office, host = settings.office, log_host(settings.site_address)
    if settings.database:
        return closing(open_server(settings.database, office, migrate, host))
    return closing(open_store(settings.register, office, host))


def open_store(path: Path, office: str = "", host: str = "") -> Store:
    """Open the SQLite register at `path`.

    If there is no file, a new register is made. If the register is at an older migration, the file
    is first copied to another file beside it, and then migrated.

    Args:
        path: the register's file.
        office: Kemendagri code of the office; empty: the office that the register belongs to.
        host: host of the published site, as `log_host` returns it; empty: there is none yet.

    Raises:
        Refused: the register belongs to another office, or is new and no office is named.
        StoreError: the register cannot be opened.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Folder {path.parent} tidak dapat dibuat: {cause(error)}.{next_step(error)}"
        ) from None
    make_private(path)
    engine = prepare(file_engine(path))
    with closed_on_failure(engine):
        at = known_version(engine)
        if at != migrating.HEAD:
            if at is not None:
                keep_copy(path, path.with_suffix(f".sebelum-{migrating.HEAD}.db"))
            migrating.upgrade(engine)
        # An office may also join a register without any office: it was made, but then the office
        # was not known, or the program was stopped.
        return Store(
            engine, office_in(engine, office, may_join=at is None or not _offices(engine)), host
        )


def open_server(address: str, office: str = "", migrate: bool = False, host: str = "") -> Store:
    """Open an office's register on a PostgreSQL server, which several offices may share.

    Unless `migrate` is True, no tables are made or migrated and no office is added, because others
    may be working in the database. If `office` is empty, the only office in the database is used.
    `host` is the host of the published site, as `log_host` returns it; empty: there is none yet.

    Raises:
        Refused: the address is invalid, the register belongs to another office, or no office is
            named.
        StoreError: the register cannot be opened, or is not ready for this version.
    """
    engine = server_engine(address)
    with closed_on_failure(engine):
        at = known_version(engine)
        if at != migrating.HEAD and not migrate:
            command = "psm db migrate" if at is None else "psm upgrade"
            raise StoreError(
                f"Database register belum disiapkan untuk versi program ini. Jalankan: {command}"
            )
        if at != migrating.HEAD:
            migrating.upgrade(engine)
        return Store(engine, office_in(engine, office, may_join=migrate), host)


def server_engine(address: str) -> Engine:
    """Make an engine for a register on a server. The server is not contacted yet.

    Raises:
        Refused: the address is not that of a database.
    """
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise Refused(
            "Alamat database tidak dimengerti. Tulis seperti: postgresql://nama@server/register"
        ) from None
    # pool_pre_ping: a connection that the server dropped (a restart) is replaced before it is used.
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": PATIENCE})
    event.listen(engine, "connect", _Server().on_connect)
    event.listen(engine, "begin", _begin_on_server)
    event.listen(engine, "after_cursor_execute", _wait_for_what_is_read)
    event.listen(engine, "reset", _send_one_by_one)
    return engine


def file_engine(path: Path) -> Engine:
    """Make an engine for a register in a SQLite file."""
    return create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})


def office_in(engine: Engine, wanted: str, may_join: bool) -> str:
    """Return the code of the office to work for.

    This is `wanted`; if `wanted` is empty, it is the only office in the register.

    Args:
        engine: the engine of an opened register.
        wanted: Kemendagri code; empty: the caller names no office.
        may_join: True if `wanted` may be added to the register as a new office.

    Raises:
        Refused: no office is named and the register does not have exactly one, or `wanted` is not
            in the register and may not be added.
    """
    known = _offices(engine)
    if wanted in known:
        return wanted
    if not wanted and len(known) == 1:
        return known[0]
    if not wanted:
        raise Refused(
            "Kantor mana yang membuka register ini belum diketahui. Tulis kode Kemendagri kotanya:"
            " office di psm.toml."
        )
    if not may_join:
        raise Refused(
            f"Register ini milik kantor {', '.join(known)}, bukan {wanted}. Tidak ada yang diubah."
            " Periksa office di modules/wilayah.yml atau psm.toml; kantor baru di server bersama:"
            " psm db migrate."
        )
    with engine.begin() as connection:
        # Another program may have added the same office just before.
        if wanted not in connection.execute(select(office_table.c.code)).scalars().all():
            connection.execute(insert(office_table).values(code=wanted))
    return wanted


def offices_in(store: Store) -> tuple[str, ...]:
    """Return the codes of all offices that have a register in this database, sorted.

    Raises:
        StoreError: the database cannot be read.
    """
    with own_errors():
        return _offices(store.engine)


def _offices(engine: Engine) -> tuple[str, ...]:
    with engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
        return tuple(
            connection.execute(select(office_table.c.code).order_by(office_table.c.code)).scalars()
        )


@contextmanager
def closed_on_failure(engine: Engine) -> Iterator[None]:
    """Turn driver errors into StoreError while the block runs; close the engine after any error."""
    try:
        with own_errors():
            yield
    except BaseException:
        engine.dispose()
        raise


def known_version(engine: Engine) -> str | None:
    """Return the migration that a register is at; None for an empty database.

    Raises:
        StoreError: the database is not a register, or is of a version that this program cannot use.
    """
    name = Path(engine.url.database or "").name
    at, kind = migrating.version_of(engine)
    if kind == "foreign":
        raise StoreError(f"{name} milik program lain, bukan register. Tidak ada yang diubah.")
    if kind == "first edition":
        raise StoreError(
            f"{name} dibuat edisi pertama program ini, untuk percobaan saja. Tidak ada yang diubah."
            " Pindahkan dari tempatnya, lalu ulangi."
        )
    if at is None or migrating.is_known(at):
        return at
    if str(at).isdigit() and str(at) > migrating.HEAD:
        raise StoreError(migrating.NEWER)
    raise StoreError(
        f"Berkas register rusak: versinya ({at!r}) tidak dikenal. Pakai cadangan terakhir."
    )


def open_lock(office: str) -> tuple[int, int]:
    """Return the advisory lock that all connections to an office's register on a server share.

    It is a pair of numbers, as PostgreSQL's lock functions take them.
    """
    return _IS_OPEN, _lock_of(office)


def _lock_of(office: str) -> int:
    # PostgreSQL takes this number as an integer of 32 bits with a sign.
    return crc32(office.encode()) - 2**31


class _Server:
    """Checks that each new connection reaches the same database as the connections before.

    While no connection was open, somebody may have put another database of the same name in its
    place.
    """

    def __init__(self) -> None:
        self._database: int | None = None

    def on_connect(self, connection: Any, _: object) -> None:
        """Switch on synchronous commit, and check the database.

        Data for which somebody gets a receipt must be on the server's disk. Therefore synchronous
        commit is switched on even if the server's administrator switched it off.

        Raises:
            StoreError: the database of this name is not the same as before.
        """
        # No transaction may begin here: SET TRANSACTION has to be the first statement of one.
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false) WHERE"
                " current_setting('synchronous_commit') = 'off'"
            )
            (database,) = cursor.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()
        connection.autocommit = False
        if self._database not in {None, database}:
            raise StoreError(NO_DATABASE)
        self._database = database


def _begin_on_server(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    office = str(options.get(OFFICE, ""))
    if options.get(READING):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    else:
        _wait_for_other_writers(
            connection,
            office,
            f"{int(options.get(WAITING, PATIENCE) * 1000)}ms",
            bool(options.get(TOGETHER)),
        )
    if office and connection.info.get(_HOLDS) != office:
        _hold_open(connection, office)


def _wait_for_other_writers(
    connection: Connection, office: str, patience: str, together: bool
) -> None:
    wait = (
        f"SET LOCAL lock_timeout = '{patience}'",
        f"SELECT pg_advisory_xact_lock({_ONE_WRITER}, {_lock_of(office)})",
    )
    if not together:
        for statement in wait:
            connection.exec_driver_sql(statement)
        return
    server: Any = connection.connection.driver_connection
    sending = ExitStack()
    connection.info[_PIPELINE] = sending, sending.enter_context(server.pipeline())
    for statement in wait:
        server.execute(statement)  # sent with the first query, which raises its error too


def _wait_for_what_is_read(
    connection: Connection, _cursor: Any, statement: str, *_: object
) -> None:
    """Wait for the server's answer to a statement that returns rows or a result.

    An INSERT that returns nothing is sent to the server together with the next statement.
    """
    _, pipeline = connection.info.get(_PIPELINE, _NONE)
    if pipeline is not None and (not statement.startswith("INSERT") or " RETURNING " in statement):
        pipeline.sync()


def _send_one_by_one(server: Any, record: Any, _: object) -> None:
    """End the pipeline of a database connection that returns to the connection pool.

    The next user of the connection then sends statements one by one, or opens a new pipeline.
    """
    sending, _ = record.info.pop(_PIPELINE, _NONE)
    if sending is not None:
        try:
            sending.close()
        except Exception:  # the error was raised to its user before; nobody else may get this one
            server.close()


def _hold_open(connection: Connection, office: str) -> None:
    """Take the shared lock which shows that the office's register is open.

    Each connection takes the lock once. The server frees the lock when the connection ends, for
    whatever reason it ends.

    Raises:
        StoreError: another program has the register for sole use.
    """
    if not connection.exec_driver_sql(
        "SELECT pg_try_advisory_lock_shared(%s, %s)", open_lock(office)
    ).scalar():
        raise StoreError(
            "Register sedang dipulihkan atau diperbarui. Tunggu sampai selesai, lalu ulangi."
        )
    connection.info[_HOLDS] = office
