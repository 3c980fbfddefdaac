import re
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command

from portal.static_bundles import ENTRIES, BundlingStorage

CSS = '@layer tokens, base;\n@import "tokens.css";\n@import url("base.css") layer(base);\n'


class Site:
    """A folder of static files, collected as `make run` collects them."""

    def __init__(self, folder: Path) -> None:
        self.source, self.root = folder / "source", folder / "root"

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def collect(self) -> BundlingStorage:
        shutil.copytree(self.source, self.root, dirs_exist_ok=True)
        source = StaticFilesStorage(location=self.source, base_url="/static/")
        names = [str(path.relative_to(self.source)) for path in self.source.rglob("*.*")]
        storage = BundlingStorage(location=self.root, base_url="/static/")
        for _name, _hashed, processed in storage.post_process({n: (source, n) for n in names}):
            if isinstance(processed, Exception):
                raise processed
        return storage

    def address(self, name: str) -> str:
        return self.collect().url(name)

    def served(self, name: str) -> str:
        return (self.root / self.address(name).removeprefix("/static/")).read_text("utf-8")


@pytest.fixture
def site(tmp_path) -> Site:
    site = Site(tmp_path)
    site.write("css/portal.css", CSS)
    site.write("css/tokens.css", "@layer tokens{:root{--ink:#14201d}}\n")
    site.write("css/base.css", "body{color:var(--ink)}\n")
    site.write("js/portal.js", '// Behaviours\nimport "./copy.js";\nimport "./menu.js";\n')
    site.write("js/copy.js", "const once = 1;\nfunction start() {}\nstart();\n")
    site.write("js/menu.js", "const once = 2;\nfunction start() {}\nstart();\n")
    return site


def test_a_page_gets_its_whole_stylesheet_in_one_file(site):
    served = site.served("css/portal.css")
    assert "@import" not in served
    assert "--ink:#14201d" in served
    assert re.search(r"@layer base \{\s*body\{color:var\(--ink\)\}\s*\}", served)


def test_the_order_of_the_layers_stands_first(site):
    assert site.served("css/portal.css").startswith("@layer tokens, base;")


def test_a_stylesheet_for_paper_stays_one_for_paper(site):
    site.write("css/portal.css", '@import "base.css" print;\n')
    assert site.served("css/portal.css").startswith("@media print {\nbody")


def test_imports_of_imports_are_followed(site):
    site.write("css/tokens.css", '@import "./colours.css";\n')
    site.write("css/colours.css", ":root{--pine:#0b5d52}\n")
    assert "--pine:#0b5d52" in site.served("css/portal.css")


def test_a_page_gets_its_whole_script_in_one_file(site):
    served = site.served("js/portal.js")
    assert not re.search(r"^import", served, re.MULTILINE)
    assert served.index("once = 1") < served.index("once = 2")


def test_two_scripts_may_use_the_same_names(site):
    served = site.served("js/portal.js")
    assert served.count("{\nconst once") == 2
    assert served.count("start();\n\n}") == 2


@pytest.mark.parametrize("changed", ["css/tokens.css", "css/base.css"])
def test_a_change_in_an_imported_file_gives_the_stylesheet_a_new_address(site, changed):
    before = site.address("css/portal.css")
    site.write(changed, "p{margin:0}\n")
    assert site.address("css/portal.css") != before


def test_the_same_files_keep_their_addresses(site):
    assert site.address("js/portal.js") == site.address("js/portal.js")


def test_pictures_of_a_stylesheet_are_still_found_by_their_hashed_names(site):
    site.write("img/seal.svg", "<svg/>")
    site.write("css/base.css", "i{mask:url('../img/seal.svg')}\n")
    assert re.search(r"\.\./img/seal\.[0-9a-f]{12}\.svg", site.served("css/portal.css"))


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("css/portal.css", '@import "absent.css";', "'css/absent.css' is imported but does not"),
        ("css/portal.css", '@import "../vendor/x.css";', "only import its neighbours"),
        ("js/copy.js", 'import "./menu.js";', "neither import nor export"),
        ("js/copy.js", "export const word = 1;", "neither import nor export"),
    ],
)
def test_what_cannot_be_bundled_is_refused_with_its_reason(site, name, text, complaint):
    site.write(name, text)
    with pytest.raises(ValueError, match=re.escape(complaint)):
        site.collect()


def test_a_trial_run_writes_nothing(site):
    storage = BundlingStorage(location=site.root, base_url="/static/")
    assert (
        list(storage.post_process({"js/portal.js": (storage, "js/portal.js")}, dry_run=True)) == []
    )
    assert not site.root.exists()


def test_the_portals_own_files_can_be_bundled(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "portal.static_bundles.BundlingStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    for entry in map(Path, ENTRIES):
        (bundle,) = tmp_path.glob(f"{entry.parent}/{entry.stem}.*{entry.suffix}")
        assert not re.search(r"^\s*(@import|import)\b", bundle.read_text("utf-8"), re.MULTILINE)
        assert bundle.with_name(bundle.name + ".br").exists()
