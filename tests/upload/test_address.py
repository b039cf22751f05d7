"""What is typed as a place."""

from __future__ import annotations

import pytest

from psm_course.errors import Refused
from psm_course.upload.address import Address, is_address, read_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sftp://psm@server.id/srv/www/psm", Address("sftp", "server.id", "/srv/www/psm", "psm")),
        ("sftp://server.id:2222/srv//psm/", Address("sftp", "server.id", "/srv/psm", port=2222)),
        ("sftp://psm@server.id/~/situs", Address("sftp", "server.id", "situs", "psm")),
        ("sftp://psm@[::1]/srv/a%20b", Address("sftp", "::1", "/srv/a b", "psm")),
        ("s3://ember-psm", Address("s3", "ember-psm", "")),
        ("s3://ember-psm/kursus/psm/", Address("s3", "ember-psm", "kursus/psm")),
    ],
)
def test_a_place_is_read_and_said_again(typed: str, meant: Address) -> None:
    assert is_address(typed)
    assert read_address(typed) == meant == read_address(str(meant).replace(" ", "%20"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sftp://psm:rahasia@server.id/srv", "Jangan menulis kata sandi"),
        ("sftp://psm@server.id", "Sebutkan juga foldernya"),
        ("sftp://psm@server.id/", "Sebutkan juga foldernya"),
        ("sftp://server.id/srv/../etc", "Tulis foldernya lengkap"),
        ("sftp://server.id:abc/srv", "tidak terbaca"),
        ("ftp://server.id/srv", "tidak terbaca"),
        ("https://server.id/srv", "tidak terbaca"),
        ("s3://kunci:rahasia@ember/psm", "Jangan menulis kata sandi"),
        ("s3://E/psm", "tidak terbaca"),
        ("s3:///psm", "tidak terbaca"),
        ("sftp:///srv", "tidak terbaca"),
        ("s3://ember/psm?kunci=rahasia", "tidak terbaca"),
    ],
)
def test_what_is_none_is_refused_with_an_example(typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        read_address(typed)

    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize("folder", ["situs", "/srv/situs", r"C:\situs", "../situs"])
def test_a_folder_is_none(folder: str) -> None:
    assert not is_address(folder)
