"""Which reports there are and where each file of them is, as DCAT 3 in JSON-LD: what data portals read.

Pure: addresses, dates and checksums come from the caller. No licence is named unless one is given.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reporting.renderers import RENDERERS

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
# What is inside a package, where the file itself is one.
_PACKAGED = {"csv": "text/csv"}


@dataclass(frozen=True)
class CataloguedFile:
    """One format of a report in one language; `format` is a name in RENDERERS, `address` is absolute.

    `sha256` (64 hexadecimal digits) and `size` (bytes) only where the file is frozen and they are known.
    """

    format: str
    language: str
    address: str
    sha256: str = ""
    size: int | None = None


@dataclass(frozen=True)
class CataloguedReport:
    """One report; titles and descriptions as (language, text); `identifier` is unique, such as a fingerprint or slug.

    `begins_on` and `ends_on` are the period that it covers.
    """

    address: str
    identifier: str
    titles: tuple[tuple[str, str], ...]
    issued_on: dt.date
    files: tuple[CataloguedFile, ...]
    descriptions: tuple[tuple[str, str], ...] = ()
    modified_on: dt.date | None = None
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    version: str = ""
    keywords: tuple[tuple[str, str], ...] = ()
    licence: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The catalogue itself, and who publishes it."""

    address: str
    titles: tuple[tuple[str, str], ...]
    publisher: str = ""


def dcat(catalogue: Catalogue, reports: Iterable[CataloguedReport]) -> dict[str, Any]:
    """Return a dcat:Catalog of datasets, one for each report, with a distribution for each of its files.

    Raises KeyError for a format that is not in RENDERERS.
    """
    datasets = [_dataset(report) for report in reports]
    made = {
        "@context": _CONTEXT,
        "@id": catalogue.address,
        "@type": "dcat:Catalog",
        "dct:title": _texts(catalogue.titles),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": catalogue.publisher} if catalogue.publisher else None,
        "dct:language": _languages(language for language, _text in catalogue.titles),
        "dcat:dataset": datasets,
    }
    return _given(made)


def _dataset(report: CataloguedReport) -> dict[str, Any]:
    period = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _date(report.begins_on),
        "dcat:endDate": _date(report.ends_on),
    }
    return _given(
        {
            "@id": report.address,
            "@type": "dcat:Dataset",
            "dct:identifier": report.identifier,
            "dct:title": _texts(report.titles),
            "dct:description": _texts(report.descriptions),
            "dct:issued": _date(report.issued_on),
            "dct:modified": _date(report.modified_on),
            "dct:temporal": _given(period) if report.begins_on or report.ends_on else None,
            "dct:language": _languages(file.language for file in report.files),
            "dcat:version": report.version,
            "dcat:keyword": _texts(report.keywords),
            "dct:license": {"@id": report.licence} if report.licence else None,
            "dcat:distribution": [_distribution(report, file) for file in report.files],
        }
    )


def _distribution(report: CataloguedReport, file: CataloguedFile) -> dict[str, Any]:
    own = RENDERERS[file.format].media_type.split(";")[0]
    inside = _PACKAGED.get(file.format)
    return _given(
        {
            "@id": file.address,
            "@type": "dcat:Distribution",
            "dct:title": _texts((language, f"{text} ({file.format.upper()})") for language, text in report.titles),
            "dct:issued": _date(report.issued_on),
            "dct:language": _languages((file.language,)),
            "dct:license": {"@id": report.licence} if report.licence else None,
            "dcat:accessURL": {"@id": report.address},
            "dcat:downloadURL": {"@id": file.address},
            "dcat:mediaType": {"@id": _MEDIA_TYPES + (inside or own)},
            "dcat:packageFormat": {"@id": _MEDIA_TYPES + own} if inside else None,
            "dcat:byteSize": _typed(str(file.size), "nonNegativeInteger") if file.size is not None else None,
            "spdx:checksum": _checksum(file.sha256) if file.sha256 else None,
        }
    )


def _checksum(digest: str) -> dict[str, Any]:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": _typed(digest, "hexBinary"),
    }


def _texts(texts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"@language": language, "@value": text} for language, text in texts if text]


def _languages(codes: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": _LANGUAGES + code} for code in sorted(set(codes))]


def _date(day: dt.date | None) -> dict[str, str] | None:
    return _typed(day.isoformat(), "date") if day else None


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [])}
