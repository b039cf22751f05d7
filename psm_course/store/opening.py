"""Opening the register: a SQLite file, or a PostgreSQL database where an address is configured."""

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
    """The register of these settings while the block runs: the configured server's, or the file.

    Args:
        settings: the office's, or a rehearsal's.
        migrate: True also prepares a server's register for this version and office, as always with
            a file.

    Raises:
        Refused: the server's address is invalid, the register is another office's, or a restore
            stopped half way.
        StoreError: it cannot be opened, or is not ready for this version.
    """
    refuse_half_restored(settings.data)
    office, host = settings.office, log_host(settings.site_address)
    if settings.database:
        return closing(open_server(settings.database, office, migrate, host))
    return closing(open_store(settings.register, office, host))


def open_store(path: Path, office: str = "", host: str = "") -> Store:
    """Open the SQLite register at `path`.

    Makes or migrates it when needed, keeping a copy before migrating.

    Args:
        path: of the file.
        office: Kemendagri code of the office; empty: the one that the register belongs to.
        host: of the published site, as `log_host` gives it; empty: none yet.

    Raises:
        Refused: it is another office's register, or it is new and no office is named.
        StoreError: it cannot be opened.
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

    Nothing is made or migrated there, and no office joins, unless `migrate` is True: others may be
    working in it.

    Raises:
        Refused: the address is invalid, the register is another office's, or no office is named.
        StoreError: it cannot be opened, or is not ready for this version.
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
    """An engine for a register on a server, which is not asked anything yet.

    Raises:
        Refused: the address cannot be understood.
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
    """An engine for a register in a file."""
    return create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})


def office_in(engine: Engine, wanted: str, may_join: bool) -> str:
    """Code of the office to work for: the one wanted, else the only one there is.

    Args:
        engine: of an opened register.
        wanted: Kemendagri code; empty: not said.
        may_join: True if a new office may be added to the register.

    Raises:
        Refused: no office is wanted and there is not exactly one, or the wanted one may not join.
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
    """The codes of all offices with a register in this database.

    Raises:
        StoreError: it cannot be read.
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
    """The migration a register is at; None for an empty database.

    Raises:
        StoreError: it is no register, or of a version that this program cannot work with.
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
    """The advisory lock that every connection to an office's register on a server shares."""
    return _IS_OPEN, _lock_of(office)


def _lock_of(office: str) -> int:
    return crc32(office.encode()) - 2**31


class _Server:
    """Checks that each new connection reaches the same database as the ones before.

    The server may have been given another database of the same name while no connection was open.
    """

    def __init__(self) -> None:
        self._database: int | None = None

    def on_connect(self, connection: Any, _: object) -> None:
        """Switch synchronous commit on, and check the database.

        Data for which somebody gets a receipt must be on the server's disk, even if the server's
        administrator has switched that off.

        Raises:
            StoreError: the database of this name is not the same as before.
        """
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
    """Wait for the answer to a statement that returns something.

    An INSERT that returns nothing is sent together with the next statement.
    """
    _, pipeline = connection.info.get(_PIPELINE, _NONE)
    if pipeline is not None and (not statement.startswith("INSERT") or " RETURNING " in statement):
        pipeline.sync()


def _send_one_by_one(server: Any, record: Any, _: object) -> None:
    """End the pipeline of a connection that goes back to the pool."""
    sending, _ = record.info.pop(_PIPELINE, _NONE)
    if sending is not None:
        try:
            sending.close()
        except Exception:  # the error was raised to its user before; nobody else may get this one
            server.close()


def _hold_open(connection: Connection, office: str) -> None:
    """Take the shared lock which shows that the office's register is open; once per connection.

    The server frees the lock when the connection ends, however it ends.

    Raises:
        StoreError: somebody uses the register alone.
    """
    if not connection.exec_driver_sql(
        "SELECT pg_try_advisory_lock_shared(%s, %s)", open_lock(office)
    ).scalar():
        raise StoreError(
            "Register sedang dipulihkan atau diperbarui. Tunggu sampai selesai, lalu ulangi."
        )
    connection.info[_HOLDS] = office
