"""Files to upload: good ones, and those that mean harm."""

import io
import zipfile
from typing import Any

from PIL import Image

from utfall.portal.creatives.contracts import Upload

INDEX = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Ad</title>
<meta name="ad.size" content="width=300,height=250"><link rel="stylesheet" href="style.css">
<a id="click" href="#">Buy</a><script src="main.js"></script>"""
MAIN = b"""const clickTag = new URLSearchParams(location.search).get("clickTag");
document.querySelector("#click").addEventListener("click", () => window.open(clickTag));"""
GOOD = {"index.html": INDEX, "style.css": b"body { background: #134 }", "main.js": MAIN}


def image(
    kind: str = "PNG", size: tuple[int, int] = (300, 250), colour: str = "#135", **options: Any
) -> bytes:
    """An image of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def animation(kind: str = "GIF", frames: int = 3) -> bytes:
    """An image that moves."""
    shown = [Image.new("RGB", (60, 40), (place * 60 % 256, 20, 40)) for place in range(frames)]
    out = io.BytesIO()
    shown[0].save(out, kind, save_all=True, append_images=shown[1:], duration=80, loop=0)
    return out.getvalue()


def packed(files: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sent(content: bytes, name: str = "banner.png") -> Upload:
    """A file as somebody sends it."""
    return Upload(name, io.BytesIO(content))


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of an ISO media file."""
    content = b"".join(parts)
    return (len(content) + 8).to_bytes(4, "big") + name + content


def mp4(
    *, width: int = 640, height: int = 360, codec: bytes = b"avc1", ms: int = 6000, handler: bytes = b"vide"
) -> bytes:
    """A film without pictures: everything around them is there."""
    mvhd = bytes(12) + (1000).to_bytes(4, "big") + ms.to_bytes(4, "big") + bytes(80)
    tkhd = bytes(76) + (width << 16).to_bytes(4, "big") + (height << 16).to_bytes(4, "big")
    hdlr = bytes(8) + handler + bytes(13)
    stsd = bytes(4) + (1).to_bytes(4, "big") + box(codec, bytes(78))
    media = box(b"mdia", box(b"hdlr", hdlr), box(b"minf", box(b"stbl", box(b"stsd", stsd))))
    moov = box(b"moov", box(b"mvhd", mvhd), box(b"trak", box(b"tkhd", tkhd), media))
    return box(b"ftyp", b"isom", bytes(4), b"isomavc1") + moov + box(b"mdat", bytes(100))


def element(name: bytes, *parts: bytes) -> bytes:
    """An EBML element with a length of four bytes."""
    content = b"".join(parts)
    return name + (len(content) | 0x10000000).to_bytes(4, "big") + content


def webm(*, doc_type: bytes = b"webm", codec: bytes = b"V_VP9", width: int = 640) -> bytes:
    """A film without pictures, in the other container."""
    header = element(b"\x1aE\xdf\xa3", element(b"\x42\x82", doc_type))
    info = element(b"\x15\x49\xa9\x66", element(b"\x44\x89", b"\x45\xbb\x80\x00"))
    shown = element(b"\xe0", element(b"\xb0", width.to_bytes(2, "big")), element(b"\xba", b"\x01\x68"))
    track = element(b"\xae", element(b"\x83", b"\x01"), element(b"\x86", codec), shown)
    tracks = element(b"\x16\x54\xae\x6b", track)
    return header + element(b"\x18\x53\x80\x67", info, tracks, element(b"\x1f\x43\xb6\x75", bytes(50)))
