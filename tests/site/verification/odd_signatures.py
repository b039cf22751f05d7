"""Signatures on which checkers of Ed25519 disagree: points of small order, points written in two
ways, and sums too large.

RFC 8032 leaves open whether what differs by a point of small order counts; the office checks with
OpenSSL, byte for byte, without a cofactor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]
ZERO: Point = (0, 1)
MESSAGE = b"sertifikat"
Signed = tuple[bytes, bytes, bytes]  # key, signature, message


def add(one: Point, other: Point) -> Point:
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P, (y1 * y2 + x1 * x2) * pow(
        1 - product, -1, P
    ) % P


def times(factor: int, point: Point) -> Point:
    found = ZERO
    while factor:
        if factor & 1:
            found = add(found, point)
        point, factor = add(point, point), factor >> 1
    return found


def point_at(y: int) -> Point | None:
    """The point with this y and an even x."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x if x % 2 == 0 else P - x, y) if x * x % P == square else None


def encoded(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


BASE = point_at(4 * pow(5, -1, P) % P) or ZERO


def of_order_8() -> Point:
    """What is left of a point without the part that signatures use."""
    candidates = (times(ORDER, point) for y in range(2, 100) if (point := point_at(y)))
    return next(found for found in candidates if times(4, found) != ZERO)


def signed(key: bytes, first: bytes, secret: int, nonce: int) -> Signed:
    challenge = int.from_bytes(hashlib.sha512(first + key + MESSAGE).digest(), "little")
    return key, first + ((nonce + challenge * secret) % ORDER).to_bytes(32, "little"), MESSAGE


def odd_signatures() -> Iterator[Signed]:
    small = of_order_8()
    for i in range(8):
        for j in range(8):
            for secret, nonce in ((0, 5), (7, 5), (11, 0), (0, 0)):
                key, first = (
                    add(times(secret, BASE), times(i, small)),
                    add(times(nonce, BASE), times(j, small)),
                )
                yield signed(encoded(key), encoded(first), secret, nonce)
    # Points written otherwise: y beyond the field, and a sign where there is nothing to sign.
    others = [
        (y + sign).to_bytes(32, "little")
        for y in (0, 1, P - 1, P, P + 1, 2**255 - 1)
        for sign in (0, 2**255)
    ]
    for one in others:
        yield signed(one, encoded(times(5, BASE)), 0, 5)
        yield signed(encoded(times(7, BASE)), one, 7, 0)
        for other in others:
            yield signed(one, other, 0, 0)
    key, signature, message = signed(encoded(times(7, BASE)), encoded(times(5, BASE)), 7, 5)
    s = int.from_bytes(signature[32:], "little")
    for beyond in (s, s + ORDER, s + 7 * ORDER, ORDER, 2**256 - 1):
        yield key, signature[:32] + beyond.to_bytes(32, "little"), message
    yield from (
        (key, signature[:63], message),
        (key, signature + b"\0", message),
        (key[:31], signature, message),
        (key, b"", message),
    )
