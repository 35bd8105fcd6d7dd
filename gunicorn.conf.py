"""What gunicorn does besides serving: the figures of an earlier life are none of this one's."""

import os
from pathlib import Path
from typing import Any

worker_class = "operations.gathering.GatheringWorker"  # threads, which slow senders cannot take


def on_starting(server: Any) -> None:
    """Before any worker counts. The same folder as in operations/apps.py; there is none without METRICS_TOKEN."""
    for file in Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR", "var/metrics")).glob("*.db"):
        file.unlink(missing_ok=True)
