"""The handbook's pictures can be taken anew: each page still does what the handbook says of it."""

import re

from PIL import Image

from tests.live import pictures


def test_a_guides_life_is_walked_and_every_picture_of_the_handbook_taken(
    context, portal, portal_for_writing, tmp_path
):
    pictures.take(context, portal, tmp_path)
    handbook = (pictures.FOLDER.parent / "guide-life.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{8,}\]\(images/([^)]+)\)", handbook)
    assert sorted(shown) == sorted(each.name for each in tmp_path.iterdir())
    for name in shown:
        with Image.open(tmp_path / name) as taken, Image.open(pictures.FOLDER / name) as kept:
            assert taken.size == kept.size
