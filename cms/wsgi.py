"""The WSGI entry point that gunicorn loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from cms.signoff.keys import require_keys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
application = get_wsgi_application()
require_keys()

# What is loaded stays: collections of garbage need not look through it again and again.
gc.collect()
gc.freeze()
