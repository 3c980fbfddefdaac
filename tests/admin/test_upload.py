"""Pictures: what an attacker, a phone and a careless colleague may send."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from guides import images
from guides.models import Image
from tests.admin.people import EDITOR, REVIEWER, client_of, person

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"
REFUSALS = (images.UNREADABLE, images.DAMAGED, images.ANIMATED, images.TOO_LARGE)


def drawn(form: str = "PNG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    picture = Pillow.new("RGB", size, (200, 30, 30))
    picture.putpixel((0, 0), (0, 0, 255))
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def moving(form: str) -> bytes:
    frames = [Pillow.new("RGB", (9, 9), (shade, 0, 0)) for shade in (0, 200)]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of a gigapixel."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0"))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def kept(image: Image) -> bytes:
    with image.file.open() as file:
        return file.read()


def sent(client, data: bytes, name: str = "a.png"):
    file = SimpleUploadedFile(name, data, "image/png")
    return client.post(reverse("admin:markdown_image"), {"image": file})


def test_an_editor_uploads_a_picture_and_everybody_can_see_it(client):
    response = sent(client_of(EDITOR), drawn())
    image = Image.objects.get()
    assert response.json() == {"url": f"/media/images/{image.name}", "name": image.name}
    assert (image.width, image.height, image.uploaded_by.username) == (40, 20, EDITOR)
    assert len(image.name) >= 16 + len(".webp")
    page = client.get(response.json()["url"])
    body = b"".join(page.streaming_content)
    assert Pillow.open(BytesIO(body)).format == "WEBP"
    assert page.headers["Content-Type"] == "image/webp"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert "immutable" in page.headers["Cache-Control"]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_four_formats_are_taken_and_become_webp(form):
    image = images.store(drawn(form), None)
    assert Pillow.open(BytesIO(kept(image))).format == "WEBP"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', images.UNREADABLE, id="svg"),
        pytest.param(b"<?xml version='1.0'?><svg/>", images.UNREADABLE, id="svg with a head"),
        pytest.param(b"<html>" + SCRIPT, images.UNREADABLE, id="a page called a.png"),
        pytest.param(b"GIF89a=1;" + SCRIPT, images.UNREADABLE, id="a script that begins as a gif"),
        pytest.param(b"", images.UNREADABLE, id="nothing"),
        pytest.param(drawn("BMP"), images.UNREADABLE, id="bmp"),
        pytest.param(drawn("TIFF"), images.UNREADABLE, id="tiff"),
        pytest.param(drawn("PNG")[:60], images.DAMAGED, id="half a png"),
        pytest.param(drawn("JPEG")[:-40], images.DAMAGED, id="half a jpeg"),
        pytest.param(moving("GIF"), images.ANIMATED, id="moving gif"),
        pytest.param(moving("WEBP"), images.ANIMATED, id="moving webp"),
        pytest.param(moving("PNG"), images.ANIMATED, id="moving png"),
        pytest.param(huge_png(7_000, 6_000), images.TOO_LARGE, id="42 megapixels"),
        pytest.param(huge_png(40_000, 30_000), images.TOO_LARGE, id="a bomb"),
        pytest.param(b"\0" * (images.MAX_BYTES + 1), images.TOO_HEAVY, id="too many bytes"),
    ],
)
def test_what_is_no_honest_picture_is_refused_in_clear_words(data, told):
    response = sent(client_of(EDITOR), data)
    assert response.status_code in (400, 413)
    wanted = "没有收到图片。" if not data else str(told)
    assert response.json()["message"] in (wanted, str(told))
    assert not Image.objects.exists()


def test_a_page_hidden_behind_a_picture_does_not_survive():
    image = images.store(drawn("PNG") + SCRIPT, None)
    assert SCRIPT not in kept(image)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG"])
def test_where_and_with_what_a_picture_was_taken_is_not_kept(form):
    exif = Pillow.Exif()
    exif[0x010F], exif[0x013B] = "PhoneMaker", "Lin Yue"
    image = images.store(drawn(form, exif=exif), None)
    again = Pillow.open(BytesIO(kept(image)))
    assert b"PhoneMaker" not in kept(image)
    assert not again.getexif()
    assert not {"exif", "icc_profile", "xmp"} & set(again.info)


def test_a_picture_taken_sideways_is_kept_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = images.store(drawn("JPEG", exif=exif), None)
    assert (image.width, image.height) == (20, 40)


def test_a_very_wide_picture_is_made_to_fit():
    image = images.store(drawn(size=(3200, 100)), None)
    assert (image.width, image.height) == (1600, 50)


def test_screenshots_keep_every_pixel_and_their_transparency():
    shot = Pillow.new("RGBA", (30, 30), (1, 2, 3, 0))
    shot.putpixel((5, 5), (250, 120, 7, 255))
    out = BytesIO()
    shot.save(out, "PNG")
    again = Pillow.open(BytesIO(kept(images.store(out.getvalue(), None)))).convert("RGBA")
    assert again.getpixel((5, 5)) == (250, 120, 7, 255)
    assert again.getpixel((0, 0))[3] == 0


def test_an_imported_picture_keeps_its_name_and_import_can_be_repeated():
    image = images.store(drawn(), None, name="step-3.webp")
    assert image.name == "step-3.webp"
    assert images.store(drawn(), None, name="step-3.webp") == image
    assert images.store(kept(image), None, name="step-3.webp") == image
    with pytest.raises(images.ImageRefused, match="同名"):
        images.store(drawn(size=(7, 7)), None, name="step-3.webp")


def test_a_picture_whose_file_was_lost_is_put_back():
    image = images.store(drawn(), None, name="lost.png")
    image.file.storage.delete(image.file.name)
    assert images.store(drawn(), None, name="lost.png") == image
    assert Pillow.open(BytesIO(kept(Image.objects.get()))).format == "PNG"


@pytest.mark.parametrize(
    "name",
    ["../a.webp", "a/b.webp", "A.webp", "a.svg", "a.webp.html", ".webp", "a b.png", "图.png"],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name):
    with pytest.raises(images.ImageRefused, match="文件名"):
        images.store(drawn(), None, name=name)


def test_the_verb_itself_asks_for_the_right():
    with pytest.raises(PermissionDenied):
        images.store(drawn(), person(REVIEWER))


@pytest.mark.parametrize("name", ["nothing.webp", "..%2Fsecret", "a.svg", "lost.webp"])
def test_what_is_not_there_answers_404(client, name):
    Image.objects.create(name="lost.webp", file="images/gone.webp", width=1, height=1)
    assert client.get(f"/media/images/{name}").status_code == 404


@settings(max_examples=150, deadline=None)
@given(
    form=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]),
    place=st.floats(0, 1),
    noise=st.binary(min_size=1, max_size=12),
)
def test_no_damage_to_a_file_breaks_more_than_the_upload(form, place, noise):
    data = bytearray(drawn(form))
    start = int(place * (len(data) - 1))
    data[start : start + len(noise)] = noise
    try:
        picture, _lossless = images._decoded(bytes(data))
    except images.ImageRefused as error:
        outcome = str(error.message)
    else:
        outcome = picture.mode
    assert outcome in {"RGB", "RGBA", *map(str, REFUSALS)}
