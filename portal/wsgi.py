"""What the web server loads: portal.wsgi:application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# What is loaded by now stays as long as the process. The garbage collector need not walk it again,
# which would hold up a request for tens of milliseconds now and then.
gc.collect()
gc.freeze()
