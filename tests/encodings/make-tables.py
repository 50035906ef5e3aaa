#!/usr/bin/python3
"""make-tables.py > tables.txt

What every short sequence of bytes must become, as one hash a lead byte, made
without the library under test: UTF-8 by CPython's errors=replace; GB18030 and
Big5 by this system's iconv, asked for one exact code at a time, under CPython's
rule for what one U+FFFD stands for. tests/unit/test-tables.c compares.

A line is `encoding part lead hash`. The hash is FNV-1a, 64 bits, over the UTF-8
of all results in order. The parts:
  end    the lead byte alone, then followed by each byte, each a text of its own
  line   the lead byte and each byte, an LF after each, as one text
  four   GB18030: all well-shaped four-byte codes, an LF after each, as one text
  three  UTF-8: the lead byte and each two bytes, an LF after each, as one text
  four   UTF-8: likewise with each second byte and the third and fourth of EDGES
The first line names the iconv that made it. `# other` lists lead bytes under
which editions of GB18030 differ (2005, 2022).
"""
import ctypes
import ctypes.util

EDGES = bytes.fromhex("000A417F808F909FA0BFC0C2E0EDF0F4FF")
LF = b"\n"

libc = ctypes.CDLL(ctypes.util.find_library("c"))
libc.iconv_open.restype = ctypes.c_void_p
libc.iconv.restype = ctypes.c_size_t
libc.iconv.argtypes = [ctypes.c_void_p] + [ctypes.c_void_p] * 4
libc.gnu_get_libc_version.restype = ctypes.c_char_p
FAILED = ctypes.c_size_t(-1).value


class Table:
    """One encoding as iconv has it: exact codes to text."""

    def __init__(self, name, four):
        self.handle = libc.iconv_open(b"UTF-8", name)
        self.four = four
        self.known = {}

    def exact(self, code):
        if code not in self.known:
            self.known[code] = self.ask(code)
        return self.known[code]

    def ask(self, code):
        source, target = ctypes.create_string_buffer(code), ctypes.create_string_buffer(64)
        src, left = ctypes.c_void_p(ctypes.addressof(source)), ctypes.c_size_t(len(code))
        dst, room = ctypes.c_void_p(ctypes.addressof(target)), ctypes.c_size_t(64)
        ref = ctypes.byref
        libc.iconv(self.handle, None, None, None, None)
        r = libc.iconv(self.handle, ref(src), ref(left), ref(dst), ref(room))
        if r == FAILED or left.value:
            return None
        libc.iconv(self.handle, None, None, ref(dst), ref(room))
        return target.raw[:64 - room.value]

    def fits(self, code):
        if len(code) != 4:
            return True if len(code) == 1 else not (self.four and 0x30 <= code[1] <= 0x39)
        return self.shaped(code)

    @staticmethod
    def shaped(code):
        """Could these 2 to 4 bytes begin a four-byte code?"""
        limits = ((0x81, 0xfe), (0x30, 0x39), (0x81, 0xfe), (0x30, 0x39))
        return all(lo <= c <= hi for c, (lo, hi) in zip(code, limits))

    def decode(self, text):
        out, i = [], 0
        while i < len(text):
            for n in (1, 2, 4):
                code = text[i:i + n]
                if len(code) == n and self.fits(code) and (n < 4 or self.four):
                    got = self.exact(code)
                    if got is not None:
                        out.append(got)
                        i += n
                        break
            else:
                rest = text[i:]
                cut_off = self.four and 2 <= len(rest) <= 3 and self.shaped(rest)
                out.append(b"\xef\xbf\xbd")
                i += len(rest) if cut_off else 1
        return b"".join(out)


def utf8(text):
    return text.decode("utf-8", "replace").encode()


def fnv(pieces):
    h = 0xcbf29ce484222325
    for piece in pieces:
        for c in piece:
            h = (h ^ c) * 0x100000001b3 & 0xffffffffffffffff
    return h


def show(encoding, part, lead, pieces):
    print(f"{encoding} {part} {lead:02X} {fnv(pieces):016x}")


def short(encoding, decode):
    for lead in range(0x80, 0x100):
        pairs = [bytes((lead, c)) for c in range(256)]
        show(encoding, "end", lead, [decode(bytes((lead,)))] + [decode(p) for p in pairs])
    for lead in range(0x80, 0x100):
        pairs = [bytes((lead, c)) for c in range(256)]
        show(encoding, "line", lead, [decode(b"".join(p + LF for p in pairs))])


def four_bytes(table):
    for lead in range(0x81, 0xff):
        codes = (bytes((lead, b, c, d)) for b in range(0x30, 0x3a)
                 for c in range(0x81, 0xff) for d in range(0x30, 0x3a))
        show("GB18030", "four", lead, [table.decode(b"".join(c + LF for c in codes))])


def long_utf8():
    for lead in range(0xe0, 0xf5):
        codes = (bytes((lead, b, c)) for b in range(256) for c in range(256))
        show("UTF-8", "three", lead, [utf8(b"".join(c + LF for c in codes))])
    for lead in range(0xf0, 0xf6):
        codes = (bytes((lead, b, c, d)) for b in range(256) for c in EDGES for d in EDGES)
        show("UTF-8", "four", lead, [utf8(b"".join(c + LF for c in codes))])


def main():
    print(f"# glibc {libc.gnu_get_libc_version().decode()}; made by make-tables.py")
    print("# other GB18030 81 82 83 84 95 97 98 A6 A8 FE")
    short("UTF-8", utf8)
    long_utf8()
    gb18030 = Table(b"GB18030", True)
    short("GB18030", gb18030.decode)
    four_bytes(gb18030)
    short("Big5", Table(b"BIG5", False).decode)
    short("Big5-HKSCS", Table(b"BIG5-HKSCS", False).decode)


if __name__ == "__main__":
    main()
