"""What the web server loads."""

import subprocess
import sys

from django.conf import settings

LOADED = "import gc; from portal.wsgi import application; print(gc.get_freeze_count())"


def test_what_is_loaded_once_is_no_garbage_to_be_walked_at_a_request():
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(told.stdout) > 10_000
