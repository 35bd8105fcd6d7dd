"""The project's settings as tests use them: development, one throw-away database, mail kept in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DEVELOPMENT"] = "1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")

from jpoa.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="jpoa-evidence-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}  # noqa: F405
