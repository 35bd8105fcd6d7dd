"""People at a browser and at the API, and the app served on a database of its own."""

from tests.api.conftest import call  # noqa: F401
from tests.lost.conftest import own_place, place, prepared  # noqa: F401
