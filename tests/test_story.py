"""The main job, end to end: from a draft to what the public reads."""

from commitments.models import Event, Release, Revision
from tests.builders import REPORTED


def test_words_travel_from_a_focal_point_to_the_public(world):
    update = world.update("KAZ", "I.1.2")
    focal, coordinator, editor = world.who("focal.kaz"), world.who("coordinator.kaz"), world.who("editor")

    update.edit(by=focal, version=0, values=REPORTED)
    update.submit(by=focal, version=1)
    update.clear(by=coordinator, version=2, audience="public")
    update.accept(by=editor, version=3, observations="Clear and complete.")
    assert not Release.objects.visible_to(None).exists()
    update.publish(by=editor, version=4)

    release = Release.objects.visible_to(None).get()
    assert release.revision.measures_taken == REPORTED["measures_taken"]
    moves = Event.objects.visible_to(coordinator).filter(update=update).order_by("sequence")
    assert [event.move for event in moves if event.subject.startswith("update:")] == [
        "edit",
        "submit",
        "clear",
        "accept",
        "publish",
    ]
    assert Revision.objects.visible_to(world.who("focal.kaz")).get() == release.revision
    assert Release.objects.visible_to(world.who("focal.tjk")).get() == release
