"""Files of answers, certificates and reports made to break whoever reads them.
Each function gives the bytes of one.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib

MB = 1024 * 1024


def a_zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


# ---- answers -------------------------------------------------------------------------------------


def a_hundred_and_twenty_members() -> bytes:
    """The seen one: 7 MB that unpack to 7 GB, 60 MB a member; it was read on after 70 seconds."""
    return _same_member(120, zlib.compress(b"{ a\n" * (15 * MB))[2:-4], 60 * MB, copies=120)


def members_upon_each_other() -> bytes:
    """Five thousand names for the same 19 MB of a file of a few kilobytes."""
    return _same_member(5_000, zlib.compress(b" " * (19 * MB), 9)[2:-4], 19 * MB)


def _same_member(count: int, packed: bytes, size: int, copies: int = 1) -> bytes:
    """A ZIP that names a member `count` times; some Pythons take none that share a copy."""
    sizes = struct.pack("<III", 0, len(packed), size)
    local = (
        b"PK\3\4"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", 1, 0)
        + b"a"
        + packed
    )
    named = b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    listed = b"".join(
        named + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, each % copies * len(local)) + b"a"
        for each in range(count)
    )
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), copies * len(local), 0)
    return local * copies + listed + b"PK\5\6" + end


def a_member_of_a_gigabyte() -> bytes:
    block = zlib.compressobj(9, wbits=-15)
    part = block.compress(b" " * MB) + block.flush(zlib.Z_FULL_FLUSH)
    return _same_member(1, part * 1_024 + b"\3\0", 1_024 * MB)


def zips_within_zips() -> bytes:
    made = a_zip(a=b" " * MB)
    for _ in range(100):
        made = a_zip(**{"a.zip": made})
    return made


def six_thousand_members() -> bytes:
    return a_zip(**{f"a{n}.txt": b"" for n in range(6_000)})


def a_directory_that_lies() -> bytes:
    """It claims 65,535 members of four gigabytes, and a directory as large."""
    made = bytearray(a_zip(a=b"a"))
    at = made.index(b"PK\5\6")
    struct.pack_into("<HHI", made, at + 8, 65_535, 65_535, 0xFFFF_FFF0)
    return bytes(made)


def braces_on_every_line() -> bytes:
    return b'{"\n' * (6 * MB)


def lists_within_lists() -> bytes:
    return b'{"a":' + b"[" * (19 * MB)


def objects_within_objects() -> bytes:
    """Each line begins what the next ones go on with, so that each is looked at to its depth."""
    return b'{"a":\n' * (3 * MB)


def answers_without_end() -> bytes:
    return b'{"a":"b"}\n' * 100_000


def faces_in_a_chat() -> bytes:
    return ("😀" + "a" * (19 * MB)).encode()


def nothing_but_ends_of_lines() -> bytes:
    return b"\n" * (19 * MB)


def an_answer_of_19_mb() -> bytes:
    return b'{"format": "psm-submission/1", "id": "' + b"\xff" * (19 * MB) + b'"}'


# ---- PDF -----------------------------------------------------------------------------------------


def a_pdf(*objects: bytes, root: int = 1, more: bytes = b"") -> bytes:
    """These objects, numbered from 1."""
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return (
        made
        + head
        + b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, root, more, len(made))
    )


def _stream(packed: bytes, more: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


def _attached(stream: bytes, name: bytes = b"a.json") -> bytes:
    names = b"<</Names[(%s) 3 0 R]>>" % name
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles %s>>>>" % names,
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 4 0 R>>>>" % (name, name),
        stream,
    )


def an_attachment_of_a_gigabyte() -> bytes:
    block = zlib.compressobj(9)
    part = block.compress(b" " * MB) + block.flush(zlib.Z_FULL_FLUSH)
    more = zlib.compressobj(9, wbits=-15)
    next_part = more.compress(b" " * MB) + more.flush(zlib.Z_FULL_FLUSH)
    return _attached(_stream(part + next_part * 1_023 + b"\3\0"))


def an_attachment_packed_three_times() -> bytes:
    """A few hundred bytes of 60 MB of what unpacks to more."""
    packed = zlib.compress(zlib.compress(zlib.compress(b" " * (70 * MB), 9), 9), 9)
    return _attached(_stream(packed, b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def filters_without_end() -> bytes:
    return _attached(_stream(b"41>" * 100_000, b"/Filter[%s]" % (b"/ASCIIHexDecode" * 20_000)))


def an_attachment_of_repeated_bytes() -> bytes:
    """RunLength: two bytes are 128."""
    return _attached(_stream(b"\x81 " * (4 * MB) + b"\x80", b"/Filter/RunLengthDecode"))


def a_circle_of_names() -> bytes:
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Kids[3 0 R 3 0 R]>>",
    )


def names_that_double() -> bytes:
    """Sixty nodes, each of which has the next one twice: two to the sixtieth leaves."""
    nodes = [b"<</Kids[%d 0 R %d 0 R]>>" % (number + 1, number + 1) for number in range(3, 63)]
    head = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    ]
    return a_pdf(*head, *nodes, b"<</Names[]>>")


def a_circle_of_tables() -> bytes:
    made = a_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        more=b"/Prev 0000000000",
    )
    return made.replace(b"0000000000>>", b"%010d>>" % made.rindex(b"xref\n0"))


def lists_in_a_dictionary() -> bytes:
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R/A" + b"[" * (4 * MB) + b">>",
        b"<</Type/Pages/Kids[]/Count 0>>",
    )


def a_table_of_a_thousand_million() -> bytes:
    made = a_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    return made.replace(b"xref\n0 3", b"xref\n0 999999999")


def a_stream_of_objects_in_itself() -> bytes:
    """A cross-reference stream that puts object 1 into object stream 2, and that into itself."""
    entries = zlib.compress(
        b"".join(
            struct.pack(">BHB", *entry) for entry in ((0, 0, 0), (2, 2, 0), (2, 2, 1), (1, 9, 0))
        )
    )
    more = b"/Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode"
    return b"%PDF-1.7\n3 0 obj\n" + _stream(entries, more) + b"\nendobj\nstartxref\n9\n%%EOF\n"


def an_object_stream_of_a_thousand_million() -> bytes:
    made = zlib.compress(b"1 0 " * 1_000_000)
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>",
        _stream(made, b"/Type/ObjStm/N 999999999/First 4/Extends 3 0 R/Filter/FlateDecode"),
    )  # fmt: skip


def _page(content: bytes, kids: bytes = b"3 0 R") -> bytes:
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 1>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources%s>>" % font,
        content,
    )


def a_page_of_200_mb() -> bytes:
    return _page(_stream(zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * (10 * MB), 1)))


def a_page_of_many_words() -> bytes:
    return _page(_stream(zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * 400_000, 1)))


def pages_without_end() -> bytes:
    return _page(_stream(zlib.compress(b"BT ET")), b"3 0 R " * 400_000)


def pages_within_pages() -> bytes:
    return _page(_stream(b""), b"2 0 R 2 0 R")


# ---- pictures, JSON, codes -----------------------------------------------------------------------

_PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_picture_of_four_thousand_million() -> bytes:
    return (
        _PNG
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 0x7FFF_FFFF, 0x7FFF_FFFF, 16, 6, 0, 0, 0))
        + _chunk(b"IDAT", b"")
        + _chunk(b"IEND", b"")
    )


def a_picture_of_a_million_parts() -> bytes:
    return _PNG + _chunk(b"tEXt", b"") * 800_000 + _chunk(b"IEND", b"")


def a_part_longer_than_the_picture() -> bytes:
    return _PNG + struct.pack(">I", 0xFFFF_FFFF) + b"iTXt"


def a_packed_part() -> bytes:
    packed = zlib.compress(b" " * (60 * MB), 9)
    return _PNG + _chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + packed) + _chunk(b"IEND", b"")


def a_credential_in_a_picture_of_lists() -> bytes:
    return (
        _PNG
        + _chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + b'{"a":' + b"[" * 900_000)
        + _chunk(b"IEND", b"")
    )


def json_of_lists() -> bytes:
    return b'{"a":' + b"[" * 900_000 + b"]" * 90_000 + b"}"


def json_of_many_lists() -> bytes:
    return b'{"a":[' + b"[]," * 330_000 + b"[]]}"


def json_of_digits() -> bytes:
    return b'{"a":' + b"9" * 900_000 + b"}"


def json_too_large() -> bytes:
    return json.dumps({"a": "a" * (9 * MB)}).encode()


def _code(raw: bytes) -> bytes:
    return b"https://contoh.id/v#" + base64.urlsafe_b64encode(raw).rstrip(b"=")


def a_code_of_a_list_without_end() -> bytes:
    return _code(b"\x9b" + b"\x0f" * 8)


def a_code_of_a_text_without_end() -> bytes:
    return _code(b"\x5b\0\0\0\x0f" + b"\xff" * 4)


def a_code_of_lists() -> bytes:
    return _code(b"\x81" * 2_800)


def a_code_of_a_huge_number() -> bytes:
    return _code(b"\xc4\x82\x1b" + b"\x7f" * 8 + b"\x01")
