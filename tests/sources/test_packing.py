"""Packed bodies in any pieces come out whole, or not at all."""

import contextlib
import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.addresses import Refused, Why
from bot.sources.packing import Taking

MOST = 10_000


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "": ("", bytes),
    "gzip": ("gzip", gzip.compress),
    "said in capitals": (" GZIP ", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without its frame": ("deflate", bare),
}


def take(encoding: str, packed: bytes, piece: int, limit: int = MOST) -> bytes:
    taking = Taking(encoding, limit)
    for start in range(0, len(packed), piece):
        taking.feed(packed[start : start + piece])
    return taking.whole()


@pytest.mark.parametrize("packer", PACKERS)
@given(body=st.binary(max_size=2000), piece=st.integers(1, 3000))
def test_whole_in_any_pieces(packer: str, body: bytes, piece: int) -> None:
    encoding, pack = PACKERS[packer]
    assert take(encoding, pack(body), piece) == body


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_several_files_one_after_another(piece: int) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 20
    assert take("gzip", packed, piece) == b"one two"


@pytest.mark.parametrize("packer", ["gzip", "deflate", "deflate without its frame"])
@pytest.mark.parametrize("size", [MOST, MOST + 1, 100 * MOST])
def test_a_bomb_stops_at_the_limit(packer: str, size: int) -> None:
    encoding, pack = PACKERS[packer]
    packed = pack(b"\0" * size)
    if size <= MOST:
        assert len(take(encoding, packed, 100)) == size
        return
    with pytest.raises(Refused) as refused:
        take(encoding, packed, 100)
    assert refused.value.why == Why.SIZE


def test_padding_without_end_stops_at_the_limit() -> None:
    with pytest.raises(Refused) as refused:
        take("gzip", gzip.compress(b"one") + b"\0" * 200_000, 1000)
    assert refused.value.why == Why.SIZE


@pytest.mark.parametrize("packer", ["gzip", "deflate", "deflate without its frame"])
def test_half_of_it_is_nothing(packer: str) -> None:
    encoding, pack = PACKERS[packer]
    packed = pack(bytes(range(256)) * 4)
    with pytest.raises(Refused) as refused:
        take(encoding, packed[: len(packed) // 2], 50)
    assert refused.value.why == Why.ENCODING


@given(packed=st.binary(min_size=1, max_size=300), piece=st.integers(1, 300))
def test_nonsense_is_refused_or_read(packed: bytes, piece: int) -> None:
    for encoding in ("gzip", "deflate"):
        with contextlib.suppress(Refused):
            take(encoding, packed, piece)
