"""Repairs pages with what others have written: JSON on standard input and output, a page a line.

A page comes with the encoding that it was misread in, so that a detector can be asked about the bytes
from before that, though nobody who meets such a page can know it. What ftfy does for looks is off.
"""
import json
import sys

try:
    import chardet
    import charset_normalizer
    import ftfy
except ImportError as err:
    sys.exit(str(err))


# Detectors name the smaller set; whoever reads takes the larger, which has all of it.
LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}


def read_as(raw, encoding):
    name = (encoding or "utf-8").lower()
    try:
        return raw.decode(LARGER.get(name, name), "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


for line in sys.stdin:
    page = json.loads(line)
    raw = page["text"].encode(page["misread"], "replace")
    best = charset_normalizer.from_bytes(raw).best()
    print(json.dumps({
        "ftfy": ftfy.fix_text(page["text"], uncurl_quotes=False, fix_line_breaks=False),
        "chardet": read_as(raw, chardet.detect(raw)["encoding"]),
        "normalizer": read_as(raw, best and best.encoding),
    }))
