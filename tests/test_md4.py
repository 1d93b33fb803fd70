"""feeder/media/md4.py: the digests that RFC 1320 gives."""

from __future__ import annotations

import hashlib

import pytest

from feeder.media.md4 import by_openssl, md4, own_md4

SUITE = {
    "": "31d6cfe0d16ae931b73c59d7e0c089c0",
    "a": "bde52cb31de33e46245e05fbdbd6fb24",
    "abc": "a448017aaf21d8525fc10ae87aa6729d",
    "message digest": "d9130a8164549fe818874806e1c7014b",
    "abcdefghijklmnopqrstuvwxyz": "d79e1c308aa5bbcdeea8ed63df412da9",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789": "043f8582f241db351ce627e153e7f0e4",
    "1234567890" * 8: "e33b4ddc9c38f2199c3e7b164fcc0536",
}


@pytest.mark.parametrize(("text", "expected"), SUITE.items())
def test_the_digests_of_the_standard(text: str, expected: str) -> None:
    """Those of appendix A.5, whether the system's library makes them or not."""
    assert (expected, expected) == (md4(text.encode()), own_md4(text.encode()))


@pytest.mark.parametrize("length", [0, 1, 55, 56, 64, 1000])
def test_the_module_of_openssl_agrees(length: int) -> None:
    """Where there is one, its digests are those of RFC 1320, zeros within the bytes and all; other digests stay to be had."""
    data = bytes(number % 251 for number in range(length))
    found = by_openssl()
    assert own_md4(data) == (found(data) if found else md4(data))
    assert "900150983cd24fb0d6963f7d28e17f72" == hashlib.md5(b"abc", usedforsecurity=False).hexdigest()
