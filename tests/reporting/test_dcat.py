"""The catalogue for data portals: every report, every file, what it is and how to check it."""

import datetime as dt
import json

import pytest

from reporting.renderers import RENDERERS
from reporting.renderers.dcat import Catalogue, CataloguedFile, CataloguedReport, dcat

BASE = "https://example.org/api/v1/review-reports"
CATALOGUE = Catalogue(f"{BASE}/catalogue.jsonld", (("en", "Review reports"), ("ru", "Доклады")), "UNRCCA")


def file(name: str, language: str = "en", **known) -> CataloguedFile:
    return CataloguedFile(name, language, f"{BASE}/ninth-{language}.{RENDERERS[name].extension}", **known)


def report(*files: CataloguedFile, **changes) -> CataloguedReport:
    values = {
        "address": f"{BASE}/ninth/",
        "identifier": "ninth",
        "titles": (("en", "Ninth review"), ("ru", "Девятый обзор")),
        "issued_on": dt.date(2026, 7, 1),
        "files": files,
    }
    return CataloguedReport(**{**values, **changes})


def distributions(*files: CataloguedFile, **changes) -> list[dict]:
    return dcat(CATALOGUE, [report(*files, **changes)])["dcat:dataset"][0]["dcat:distribution"]


def test_every_report_is_a_dataset_and_every_file_a_distribution():
    files = [file(name, language) for name in RENDERERS for language in ("en", "ru")]

    made = dcat(CATALOGUE, [report(*files), report(identifier="eighth")])

    assert made["@type"] == "dcat:Catalog"
    assert [one["dct:identifier"] for one in made["dcat:dataset"]] == ["ninth", "eighth"]
    assert [one["dcat:downloadURL"]["@id"] for one in made["dcat:dataset"][0]["dcat:distribution"]] == [
        one.address for one in files
    ]


def test_every_name_is_of_a_vocabulary_that_the_context_gives():
    made = dcat(CATALOGUE, [report(file("pdf", sha256="a" * 64, size=1), begins_on=dt.date(2023, 1, 1))])
    prefixes = {name.split(":")[0] for name in _names(made) if not name.startswith("@")}

    assert prefixes == set(made["@context"]) - {"xsd"}
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(
    ("name", "media_type", "package"),
    [
        ("html", "text/html", None),
        ("pdf", "application/pdf", None),
        ("json", "application/json", None),
        ("csv", "text/csv", "application/zip"),
    ],
)
def test_a_distribution_says_what_its_file_is(name, media_type, package):
    (made,) = distributions(file(name))

    place = "https://www.iana.org/assignments/media-types/"
    assert made["dcat:mediaType"] == {"@id": place + media_type}
    assert made.get("dcat:packageFormat") == ({"@id": place + package} if package else None)


def test_dates_languages_and_titles_are_typed():
    made = dcat(CATALOGUE, [report(file("pdf"), file("pdf", "ru"))])["dcat:dataset"][0]

    assert made["dct:issued"] == {"@value": "2026-07-01", "@type": "xsd:date"}
    assert [one["@id"][-2:] for one in made["dct:language"]] == ["en", "ru"]
    assert {"@language": "ru", "@value": "Девятый обзор"} in made["dct:title"]


def test_a_frozen_file_can_be_checked_and_another_claims_no_checksum():
    frozen, fresh = distributions(file("pdf", sha256="ab" * 32, size=1234), file("html"))

    assert frozen["spdx:checksum"]["spdx:checksumValue"] == {"@value": "ab" * 32, "@type": "xsd:hexBinary"}
    assert frozen["dcat:byteSize"]["@value"] == "1234"
    assert not {"spdx:checksum", "dcat:byteSize"} & set(fresh)


@pytest.mark.parametrize(("licence", "is_named"), [("", False), ("https://example.org/licence", True)])
def test_a_licence_is_named_only_where_one_is_given(licence, is_named):
    (made,) = distributions(file("pdf"), licence=licence)

    assert ("dct:license" in made) is is_named


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError, match="odt"):
        distributions(CataloguedFile("odt", "en", f"{BASE}/x.odt"))


def _names(value: object) -> list[str]:
    if isinstance(value, list):
        return [name for member in value for name in _names(member)]
    if not isinstance(value, dict):
        return []
    return [name for key, member in value.items() if key != "@context" for name in (key, *_names(member))]
