"""Writes small compound files: the container of .msg, .xls, .doc and .ppt."""

import itertools
import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SHORT = 4096
"""Bytes below which a stream stands in the small sectors of 64 bytes."""


class _Sectors:
    """Content in sectors of one size, with the chain from each to the next."""

    def __init__(self, size):
        self.size, self.body, self.chain = size, bytearray(), []

    def add(self, content):
        first, count = len(self.chain), -(-len(content) // self.size)
        self.body += content.ljust(count * self.size, b"\0")
        self.chain += [*range(first + 1, first + count), _END] if count else []
        return first if count else _END

    def table(self):
        return struct.pack(f"<{len(self.chain)}I", *self.chain)


def compound(tree):
    """Build a compound file from a dict of name to bytes (a stream) or dict (a folder)."""
    large, small = _Sectors(512), _Sectors(64)
    entries = [["Root Entry", 5, _FREE, _FREE, _FREE, _END, 0]]

    def add(name, content):
        entry = [name, 2, _FREE, _FREE, _FREE, _END, 0]
        entries.append(entry)
        place = len(entries) - 1
        if isinstance(content, dict):
            entry[1], entry[4], entry[5] = 1, children(content), 0
        else:
            entry[5:] = (large if len(content) >= _SHORT else small).add(content), len(content)
        return place

    def children(content):
        """Chain the entries of a folder as right-hand brothers, in the order that the format asks for."""
        places = [add(name, content[name]) for name in sorted(content, key=lambda name: (len(name), name.upper()))]
        for left, right in itertools.pairwise(places):
            entries[left][3] = right
        return places[0] if places else _FREE

    entries[0][4] = children(tree)
    entries[0][5:] = large.add(bytes(small.body)), len(small.body)
    small_table = small.table()
    first_small = large.add(small_table.ljust(-(-len(small_table) // 512) * 512, b"\xff"))
    directory = b"".join(_entry(*entry) for entry in entries)
    first_directory = large.add(directory)
    tables = 1
    while tables * 128 < len(large.chain) + tables:
        tables += 1
    heads = [*range(len(large.chain), len(large.chain) + tables), *[_FREE] * (109 - tables)]
    table = (large.table() + struct.pack("<I", _FAT) * tables).ljust(tables * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    counts = (0, tables, first_directory, 0, _SHORT, first_small, -(-len(small_table) // 512), _END, 0)
    return head + struct.pack("<9I109I", *counts, *heads) + bytes(large.body) + table


def _entry(name, kind, left, right, child, start, size):
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, left, right, child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)
