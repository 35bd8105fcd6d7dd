"""The project's settings with the yardstick's routes beside its own.

Reading is throttled as ever, only so widely that the load never meets it.
"""

import os

os.environ.setdefault("DEVELOPMENT", "1")
os.environ["THROTTLE_ANONYMOUS"] = os.environ["THROTTLE_PERSON"] = "1000000/sec"

from jpoa.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
WSGI_APPLICATION = "benchmarks.wsgi.application"
