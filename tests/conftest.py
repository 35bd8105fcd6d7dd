"""What every test may ask for."""

import pytest

from tests.builders import World, build_world


@pytest.fixture
def world(db) -> World:
    return build_world()
