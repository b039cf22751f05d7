"""`/sehat`: tells programs that watch the server if the register answers, and nothing else."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from psm_course.errors import StoreError
from psm_course.store.engine import Store

HEALTH = "/sehat"


def routes(store: Store) -> list[Route]:
    """`GET /sehat`: 200 when the register answers, 503 when it does not."""

    async def health(_: Request) -> PlainTextResponse:
        is_well = await run_in_threadpool(_answers, store)
        said = "sehat\n" if is_well else "register tidak menjawab\n"
        return PlainTextResponse(said, 200 if is_well else 503, {"Cache-Control": "no-store"})

    return [Route(HEALTH, health)]


def _answers(store: Store) -> bool:
    try:
        return store.answers()
    except StoreError:
        return False
