"""One stylesheet and one script per page, without a build step in development.

The browser follows the imports of the entry files itself while one develops. At collectstatic
each local import is replaced by what it imports, so that a page costs one request for each.
"""

import posixpath
import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRIES = ("css/portal.css", "css/admin.css", "js/portal.js", "js/admin.js")
CSS_IMPORT = re.compile(
    r"""^[ \t]*@import\s+(?:url\(\s*)?["']?(?P<name>[^"')\s;]+)["']?\s*\)?"""
    r"""(?:[ \t]+layer\((?P<layer>[\w.-]+)\))?(?:[ \t]+(?P<media>[^;\n]+?))?[ \t]*;""",
    re.MULTILINE,
)
JS_IMPORT = re.compile(r"""^[ \t]*import\s+["'](?P<name>[^"']+)["'][ \t]*;?""", re.MULTILINE)
JS_MODULE_WORD = re.compile(r"^[ \t]*(?:import|export)\b", re.MULTILINE)
Files = dict[str, tuple[Any, str]]


def _text(files: Files, name: str) -> str:
    if name not in files:
        raise ValueError(f"The static file '{name}' is imported but does not exist.")
    storage, path = files[name]
    with storage.open(path) as file:
        return bytes(file.read()).decode("utf-8")


def _imported_css(files: Files, entry: str, found: re.Match[str]) -> str:
    if "/" in found["name"].removeprefix("./"):
        raise ValueError(f"{entry} may only import its neighbours: url()s would point elsewhere.")
    name = posixpath.join(posixpath.dirname(entry), found["name"].removeprefix("./"))
    text = _with_imports(files, name)
    if found["layer"]:
        text = f"@layer {found['layer']} {{\n{text}}}\n"
    return f"@media {found['media']} {{\n{text}}}\n" if found["media"] else text


def _imported_js(files: Files, entry: str, found: re.Match[str]) -> str:
    name = posixpath.normpath(posixpath.join(posixpath.dirname(entry), found["name"]))
    text = _text(files, name)
    if JS_MODULE_WORD.search(text):
        raise ValueError(f"{name} is bundled, so it may neither import nor export.")
    # A module has its own scope; a block keeps it, as module code is always strict.
    return f"{{\n{text}\n}}"


def _with_imports(files: Files, entry: str) -> str:
    text = _text(files, entry)
    if entry.endswith(".css"):
        return CSS_IMPORT.sub(lambda found: _imported_css(files, entry, found), text)
    return JS_IMPORT.sub(lambda found: _imported_js(files, entry, found), text)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Hashes and compresses as its parent does, after bundling the entry files."""

    def post_process(self, paths: Files, dry_run: bool = False, **options: Any) -> Any:
        if not dry_run:
            for entry in (name for name in ENTRIES if name in paths):
                bundled = _with_imports(paths, entry)
                self.delete(entry)
                paths[entry] = (self, self._save(entry, ContentFile(bundled.encode())))
        yield from super().post_process(paths, dry_run=dry_run, **options)
