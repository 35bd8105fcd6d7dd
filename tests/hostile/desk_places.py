"""Every page of the desk and of the public site that is read, under every key, with what can be asked of it. Read from
the URLconf, so that what is added tomorrow is asked too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commitments.models import Appointment, Batch, Evidence, Notice
from tests.hostile.places import routes

# What stands in the holes of an address, the particular before the general; every combination is asked.
HOLES: dict[str, tuple[str, ...]] = {
    "states/<str:code>": ("states/KAZ", "states/TJK"),
    "pillars/<str:code>": ("pillars/I",),
    "objectives/<str:code>": ("objectives/I.1",),
    "cycles/<slug:slug>": ("cycles/review-2028",),
    "reports/<slug:slug>": ("reports/review-2028-regional-public",),
    "agencies/<slug:slug>": ("agencies/interior", "agencies/hush-agency"),
    "<slug:cycle>": ("review-2028",),
    "<str:state>": ("KAZ",),
    "<str:code>": ("I.1.1", "I.1.2", "II.1.1", "II.1.2", "I.9.9"),
    "<int:number>": ("1", "2"),
    "<slug:section>": ("summary",),
    "<slug:language>": ("ru",),
    "<slug:file_format>": ("json",),
}
VERBS = ("submit", "clear", "return", "accept", "publish", "recall", "withdraw", "revise", "extend", "circulate")
REMINDED = "preview=1&cycle=review-2028&states=KAZ&topic="
QUERIES: dict[str, tuple[str, ...]] = {
    "desk/": ("waiting=due", "waiting=to_review", "waiting=overdue", "page=2"),
    "desk/search/": ("q=hush", "q=zqxhush", "q=I.1.2", "q=law&kind=updates", "q=kazakhstan&kind=releases&state=KAZ",
                     "q=hush&kind=agencies", "q=focal&kind=people", "q=to+do&pillar=I&page=2"),
    "desk/changes/": ("kind=written", "kind=submitted", "kind=returned", "kind=cleared", "kind=released",
                      "kind=assigned", "kind=people", "kind=reports", "state=KAZ", "pillar=I"),
    "desk/matrix/": ("level=items", "level=objectives", "status=not_yet", "level=items&status=in_force", "state=KAZ"),
    "desk/review/": ("status=all", "status=accepted", "state=KAZ&status=all&page=2"),
    "desk/board/": ("state=KAZ", "stage=open"),
    "desk/assignments/": ("state=KAZ", "agency=interior"),
    "desk/people/": ("state=KAZ",),
    "desk/reminders/": (f"{REMINDED}due&role=focal_point", f"{REMINDED}returned&role=focal_point",
                        f"{REMINDED}to_clear&role=coordinator", f"{REMINDED}not_signed_in&role=focal_point"),
    "desk/partner/requests/": ("support=", "support=some", "state=KAZ&support="),
    "desk/partner/overlaps/": ("state=KAZ&with_ended=on",),
    "desk/worksheet/file/": ("cycle=review-2028&of=KAZ&language=en", "cycle=review-2028&of=&language=ru"),
    "plan/": ("q=hush", "q=law", "pillar=I"),
    "matrix/": ("cycle=review-2028", "pillar=I"),
    "states/<str:code>/": ("cycle=review-2028",),
    "partners/": ("state=KAZ",),
}  # fmt: skip
ELSEWHERE = ("admin/", "accounts/", "api/", "language/", "in/", "<slug:name>", "<slug:token>", "<slug:key>",
             "<str:secret>", "worksheet/upload/")  # fmt: skip


def pages(uids: Sequence[str] = ()) -> list[str]:
    """Plain, and with each query of its route; `uids` stand where an address names something by one."""
    holes = HOLES | {"<uuid:uid>": tuple(uids)}
    found = []
    for place, _view in routes():
        if not any(part in place for part in ELSEWHERE):
            addresses = list(_filled(place, holes))
            found += addresses + [f"{one}?{query}" for one in addresses for query in QUERIES.get(place, ())]
    return [f"/{address}" for address in found]


def written_to(uids: Sequence[str] = ()) -> list[str]:
    """Where the desk takes a form, with every key and every verb in its address."""
    holes = HOLES | {"<slug:name>": VERBS, "<uuid:uid>": tuple(uids)}
    return [f"/{one}" for place, _view in routes() if place.startswith("desk/") and "<slug:token>" not in place
            and "<slug:key>" not in place for one in _filled(place, holes)]  # fmt: skip


def uids() -> list[str]:
    """Of all that pages of the desk name by one."""
    return [
        str(uid)
        for model in (Appointment, Batch, Evidence, Notice)
        for uid in model.objects.order_by("pk").values_list("uid", flat=True)
    ]


def _filled(place: str, holes: dict[str, tuple[str, ...]]) -> Iterator[str]:
    hole = next((one for one in holes if one in place), None)
    if hole is None:
        yield place
        return
    for value in holes[hole]:
        yield from _filled(place.replace(hole, value, 1), holes)
