"""Pictures: what is taken off them, what stays, and that no picture can exhaust the machine."""

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, PngImagePlugin

from izsa_desktop.attachments import pictures
from izsa_desktop.attachments.bare import bare
from izsa_desktop.attachments.kinds import JPEG, MAX_FILE, PNG, WEBP, FileKind
from izsa_desktop.domain.errors import AttachmentRefused
from tests.attachments.samples import (
    ARTIST,
    MAKER,
    container,
    jpeg_of_size,
    noise,
    photo,
    png_bomb,
    telling_exif,
    webp_of_size,
)

SECRETS = (MAKER.encode(), ARTIST.encode(), b"SERIAL-4711")
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")


def telling(kind: FileKind, size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture that says who took it, where and with what."""
    if kind is PNG:
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", ARTIST)
        words.add_itxt("XML:com.adobe.xmp", f"<x>GPS {MAKER}</x>")
        return photo(size, "PNG", pnginfo=words, exif=telling_exif())
    codec = kind.media_type.partition("/")[2].upper()
    return photo(size, codec, exif=telling_exif(), xmp=f"<x>GPS {MAKER}</x>".encode())


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP], ids=lambda kind: kind.media_type)
def test_place_device_and_person_are_gone_and_the_picture_is_untouched(kind: FileKind) -> None:
    before = telling(kind)
    assert any(secret in before for secret in SECRETS)
    kept = pictures.keep("foto", kind, before)
    assert not [secret for secret in SECRETS if secret in kept.data]
    assert not kept.shrunk
    assert ImageChops.difference(pixels(before), pixels(kept.data)).getbbox() is None
    with Image.open(io.BytesIO(kept.data)) as image:
        assert 0x8825 not in image.getexif()
        assert "xmp" not in image.info
    assert bare(kind, kept.data) == kept.data


def test_a_photo_keeps_its_time_and_which_way_up_it_is() -> None:
    kept = pictures.keep("foto", JPEG, photo(exif=telling_exif(orientation=6)))
    with Image.open(io.BytesIO(kept.data)) as image:
        exif = image.getexif()
        assert exif[0x0112] == 6
        assert exif.get_ifd(0x8769) == {0x9003: "2026:04:23 10:20:30"}
        assert set(exif) == {0x0112, 0x8769}


def test_thumbnails_stand_upright() -> None:
    """Orientation 6: what is stored as the left edge is the upper edge."""
    data = photo((640, 320), exif=telling_exif(orientation=6))
    small = pixels(pictures.thumbnail("foto", JPEG, data))
    assert small.size == (128, 256)
    red, green, blue = small.getpixel((126, 2))  # type: ignore[misc]
    assert red > 200 > green + blue


@pytest.mark.parametrize("behind", [container({"a.txt": b"x"}), b"<script>alert(1)</script>", b"MZ\x90\0"])
@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP], ids=lambda kind: kind.media_type)
def test_what_hides_behind_a_picture_is_left_out(kind: FileKind, behind: bytes) -> None:
    plain = pictures.keep("foto", kind, telling(kind)).data
    assert pictures.keep("foto", kind, plain + behind).data == plain


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP], ids=lambda kind: kind.media_type)
def test_half_a_picture_is_refused(kind: FileKind) -> None:
    data = telling(kind)
    for cut in (20, len(data) // 2, len(data) - 9):
        with pytest.raises(AttachmentRefused):
            kept = pictures.keep("foto", kind, data[:cut])
            pictures.thumbnail("foto", kept.kind, kept.data)


# --- large ones ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ["JPEG", "PNG"])
def test_a_large_photo_is_made_smaller_and_upright(codec: str) -> None:
    options = {"quality": 97} if codec == "JPEG" else {}
    data = noise((3000, 2000), codec, exif=telling_exif(orientation=6), **options)
    assert len(data) > MAX_FILE
    kept = pictures.keep("foto", JPEG if codec == "JPEG" else PNG, data)
    assert (kept.kind, kept.shrunk) == (JPEG, True)
    assert len(kept.data) <= MAX_FILE
    with Image.open(io.BytesIO(kept.data)) as image:
        assert max(image.size) <= 2560
        assert image.size[1] > image.size[0] or codec == "PNG"
        assert image.getexif().get(0x0112, 1) == 1
    assert not [secret for secret in SECRETS if secret in kept.data]


def test_transparent_parts_become_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(target, "PNG")
    assert pixels(pictures.thumbnail("foto", PNG, target.getvalue())).getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_colour_has_a_thumbnail(mode: str) -> None:
    target = io.BytesIO()
    Image.new(mode, (300, 200)).save(target, "PNG")
    assert pixels(pictures.thumbnail("foto", PNG, target.getvalue())).size == (256, 171)


def test_a_photo_for_print_has_a_thumbnail() -> None:
    target = io.BytesIO()
    Image.new("CMYK", (300, 200)).save(target, "JPEG")
    assert pixels(pictures.thumbnail("foto", JPEG, target.getvalue())).size == (256, 171)


BOMBS = {
    "png": (PNG, png_bomb(30_000, 30_000)),
    "png_larger": (PNG, png_bomb(50_000, 50_000)),
    "jpeg": (JPEG, jpeg_of_size(65_500, 65_500)),
    "webp": (WEBP, webp_of_size(16_383, 16_383)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_anything_is_decoded(name: str) -> None:
    kind, data = BOMBS[name]
    started = time.perf_counter()
    with pytest.raises(AttachmentRefused) as refused:
        pictures.thumbnail(name, kind, data)
    assert refused.value.problem == "too_many_pixels"
    assert time.perf_counter() - started < 1


LARGEST = {
    "bomb": "samples.png_bomb(50_000, 50_000)",
    "png": "samples.photo((6000, 6000), 'PNG', compress_level=1)",
    "png_with_palette": "palette()",
    "png_with_transparency": "transparent()",
    "jpeg": "samples.photo((12000, 9000), 'JPEG', quality=60)",
    "panorama": "samples.photo((30000, 2600), 'JPEG', quality=60)",
    "progressive_jpeg": "samples.photo((6000, 6000), 'JPEG', quality=90, progressive=True, subsampling=0)",
    "webp": "samples.photo((4000, 4000), 'WEBP', quality=50)",
}
MEASURE = """
import sys
from izsa_desktop.attachments import kinds, pictures
from izsa_desktop.domain.errors import AttachmentRefused
data = sys.stdin.buffer.read()
try:
    kind = kinds.recognise("foto", data)
    kept = pictures.keep("foto", kind, data)
    pictures.thumbnail("foto", kept.kind, kept.data)
    pictures._smaller("foto", kind, data, 2560, 85)
    print("taken")
except AttachmentRefused as e:
    print(e.problem)
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) // 1024)
"""
MAKE = """
import io, sys
from PIL import Image
from tests.attachments import samples
def palette():
    target = io.BytesIO()
    Image.new("P", (4000, 4000), 3).save(target, "PNG", transparency=3)
    return target.getvalue()
def transparent():
    target = io.BytesIO()
    Image.new("RGBA", (4000, 4000), (255, 0, 0, 90)).save(target, "PNG")
    return target.getvalue()
sys.stdout.buffer.write({})
"""


@linux
@pytest.mark.parametrize("name", LARGEST)
def test_no_picture_takes_more_than_300_megabytes(name: str) -> None:
    """Made in one process and decoded in another: what is measured is the decoding."""
    root = Path(__file__).parents[2]
    run = [sys.executable, "-c"]
    data = subprocess.run([*run, MAKE.format(LARGEST[name])], cwd=root, stdout=subprocess.PIPE, check=True).stdout
    said = subprocess.run([*run, MEASURE], cwd=root, input=data, stdout=subprocess.PIPE, check=True).stdout
    outcome, peak = said.decode().split()
    assert outcome == ("too_many_pixels" if name == "bomb" else "taken")
    assert int(peak) < 300


@given(
    st.sampled_from([JPEG, PNG, WEBP]),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 40),
)
def test_damaged_pictures_are_taken_or_refused_but_never_crash(
    kind: FileKind, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(_SMALL[kind])
    for at, value in changes:
        data[at % len(data)] = value
    try:
        kept = pictures.keep("foto", kind, bytes(data[: len(data) - cut]))
        assert pictures.thumbnail("foto", kept.kind, kept.data).startswith(b"\xff\xd8")
    except AttachmentRefused as e:
        assert e.file == "foto"


_SMALL = {kind: telling(kind, (40, 30)) for kind in (JPEG, PNG, WEBP)}
