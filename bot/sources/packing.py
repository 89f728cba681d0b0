"""Bodies as they arrive, packed or not, never held beyond a limit: a bomb stops where it grows.

Brotli and Zstandard are neither asked for nor taken. `deflate` is two formats under one name,
told apart by the first byte.
"""

import zlib

from bot.sources.addresses import Refused, Why

GZIP, ZLIB, BARE = 31, 15, -15  # as zlib is told of them
KINDS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
SLACK = 2**16  # bytes: what cannot be packed grows a little by being packed


class Taking:
    """Takes a body in pieces. Raises `Refused` once it is more than `limit` bytes, unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        said = encoding.strip().lower()
        if said not in KINDS:
            raise Refused(Why.ENCODING, "the answer is packed in a way that was not asked for")
        self._kind, self._limit = KINDS[said], limit
        self._arrived = 0
        self._body = bytearray()
        self._packed: zlib._Decompress | None = None

    def feed(self, piece: bytes) -> None:
        self._arrived += len(piece)
        if self._arrived > self._limit + SLACK:
            raise too_big(self._limit)
        if not self._kind:
            self._keep(piece)
            return
        try:
            self._unpack(piece)
        except zlib.error:
            raise Refused(Why.ENCODING, "the answer is packed badly") from None

    def whole(self) -> bytes:
        if self._packed is not None and not self._packed.eof:
            raise Refused(Why.ENCODING, "the packed answer stops before its end")
        return bytes(self._body)

    def _unpack(self, piece: bytes) -> None:
        while piece:
            if self._packed is not None and self._packed.eof:
                piece = self._after_the_end(piece)
            if not piece:
                return
            self._packed = self._packed or zlib.decompressobj(self._format(piece))
            room = self._limit - len(self._body) + 1
            self._keep(self._packed.decompress(piece, room))
            piece = self._packed.unconsumed_tail or self._packed.unused_data

    def _after_the_end(self, piece: bytes) -> bytes:
        """Gzip may be several files one after another, with zeros between and behind."""
        if self._kind != "gzip":
            return b""
        rest = piece.lstrip(b"\0")
        if rest:
            self._packed = None
        return rest

    def _format(self, piece: bytes) -> int:
        if self._kind == "gzip":
            return GZIP
        return ZLIB if piece[0] & 0x0F == zlib.DEFLATED else BARE

    def _keep(self, piece: bytes) -> None:
        self._body += piece
        if len(self._body) > self._limit:
            raise too_big(self._limit)


def too_big(limit: int) -> Refused:
    return Refused(Why.SIZE, f"the answer is larger than {limit / 2**20:g} MB")
