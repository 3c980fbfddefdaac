"""The verbs for pictures: decode what was sent, draw it anew, keep it under a random name.

Nothing of the sent bytes is kept but the pixels, so neither metadata nor a second file hidden in
the first can travel with a picture.
"""

import re
import secrets
import struct
import zlib
from io import BytesIO

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps

from guides.models import Image

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
# Twice the reading column; a long screenshot may be as tall as WebP allows.
MAX_SIZE = (1600, 16_000)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
NAME = re.compile(r"[a-z0-9-]{1,58}\.(?P<suffix>webp|png)")
QUALITY = 84

# What Pillow's decoders are known to raise on broken files, its own errors among them (OSError).
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
BOMBS = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning)

TOO_HEAVY = _("图片超过5MB。请缩小或裁剪后再上传。")
TOO_LARGE = _("图片超过4000万像素。请缩小或裁剪后再上传。")
UNREADABLE = _("这不是能读的图片。可以上传PNG、JPEG、WebP或静态GIF；SVG不收。")
DAMAGED = _("图片文件不完整或已损坏。请重新保存或截图后再上传。")
ANIMATED = _("动图不收：读者需要能停下来看的画面。请截一张静态图。")
BAD_NAME = _("图片文件名只能用小写字母、数字和连字符，以.webp或.png结尾。")
NAME_TAKEN = _("已有同名但内容不同的图片。请换一个文件名。")


class ImageRefused(Exception):
    """The file cannot become a picture of the portal; `message` says why, to its sender."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)
        self.message = message


def store(data: bytes, by: User | None, *, name: str | None = None) -> Image:
    """Keeps a picture. A given name stays with its first picture, as browsers never ask again.

    Raises PermissionDenied, ImageRefused.
    """
    if by is not None and not by.has_perm("guides.add_image"):
        raise PermissionDenied("guides.add_image")
    name = _valid(name) if name else f"{secrets.token_hex(12)}.webp"
    existing = Image.objects.filter(name=name).first()
    if existing and _kept(existing) == data:
        return existing
    picture, lossless = _decoded(data)
    encoded = _encoded(picture, name, lossless=lossless)
    if existing:
        return _same_picture(existing, encoded)
    image = Image(name=name, width=picture.width, height=picture.height, uploaded_by=by)
    image.file.save(name, ContentFile(encoded), save=False)
    image.save()
    return image


def _valid(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ImageRefused(BAD_NAME)
    return name


def _kept(image: Image) -> bytes:
    try:
        with image.file.open() as file:
            return bytes(file.read())
    except FileNotFoundError:
        return b""


def _same_picture(existing: Image, encoded: bytes) -> Image:
    """The picture of that name; a lost file is put back in its place."""
    kept = _kept(existing)
    if kept and kept != encoded:
        raise ImageRefused(NAME_TAKEN)
    if not kept:
        existing.file.save(existing.name, ContentFile(encoded))
    return existing


def _decoded(data: bytes) -> tuple[Pillow.Image, bool]:
    """The upright picture, fit to size, and whether its pixels are to be kept exactly."""
    if len(data) > MAX_BYTES:
        raise ImageRefused(TOO_HEAVY)
    picture = _opened(data)
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail(MAX_SIZE, Pillow.Resampling.LANCZOS)
        alpha = upright.has_transparency_data
        pixels = upright.convert("RGBA" if alpha else "RGB")
    except BROKEN as error:
        raise ImageRefused(DAMAGED) from error
    return pixels, picture.format in ("PNG", "GIF") or data[12:16] == b"VP8L"


def _opened(data: bytes) -> Pillow.Image:
    """Reads the head only: size and frames are judged before a pixel is decoded."""
    try:
        picture = Pillow.open(BytesIO(data), formats=FORMATS)
        moving = picture.format != "MPO" and getattr(picture, "is_animated", False)
    except BOMBS as error:
        raise ImageRefused(TOO_LARGE) from error
    except BROKEN as error:
        raise ImageRefused(UNREADABLE) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ImageRefused(TOO_LARGE)
    if moving:
        raise ImageRefused(ANIMATED)
    return picture


def _encoded(picture: Pillow.Image, name: str, *, lossless: bool) -> bytes:
    out = BytesIO()
    picture.info = {}  # Pillow would write profiles and comments of the original from here
    if name.endswith(".png"):
        picture.save(out, "PNG", optimize=True)
    else:
        picture.save(out, "WEBP", lossless=lossless, quality=QUALITY, method=4)
    return out.getvalue()
