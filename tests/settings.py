"""The project's settings as tests use them: development, one throw-away database, mail kept in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DEVELOPMENT"] = "1"
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")

os.environ["READER"] = "system"  # what tests ask themselves; what they ask for by HTTP names its reader

from jpoa.settings import *  # noqa: F403
from jpoa.settings import CACHES, DATABASES

FOLDER = Path(tempfile.mkdtemp(prefix="jpoa-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: what is written at once from several connections is tested there too.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
MEDIA_ROOT = FOLDER / "evidence"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}
# A file is looked for when it is asked for: to list all of them costs each new client of a test 20 ms.
WHITENOISE_AUTOREFRESH = True
