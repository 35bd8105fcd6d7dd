"""The report as CSV for machines: what datapackage.json promises is what the files hold."""

import io
import re
import zipfile
from decimal import Decimal
from hashlib import sha256

import pytest

from reporting.document import Bullets, Cell, Citation, Column, Kind, Paragraph, Quote, Table, Tone
from reporting.renderers import RENDERERS, render
from reporting.renderers.datapackage import descriptor
from tests.reporting.readers import all_words, open_csv, squeezed, text_of
from tests.reporting.specimen import HOSTILE, LETTERS, specimen

NAME = re.compile(r"[a-z0-9._-]+")
TYPES = {"string": str, "integer": int, "number": Decimal}


@pytest.fixture(scope="module")
def document():
    return specimen()


@pytest.fixture(scope="module")
def content(document):
    return render(document, "csv")


@pytest.fixture(scope="module")
def package(content):
    return open_csv(content)[0]


@pytest.fixture(scope="module")
def files(content):
    return open_csv(content)[1]


def opened(*blocks, **changes):
    return open_csv(render(specimen(blocks=blocks, **changes), "csv"))


def resource(package: dict, name: str) -> dict:
    return next(one for one in package["resources"] if one["name"] == name)


def test_formats_are_told_apart_by_their_extensions():
    extensions = {one.extension: name for name, one in RENDERERS.items()}

    assert extensions["zip"] == "csv"
    assert len(extensions) == len(RENDERERS)


def test_the_package_has_what_the_standard_asks_for(package):
    assert package["profile"] == "tabular-data-package"
    assert NAME.fullmatch(package["name"])
    assert package["created"] == "2022-03-03T00:00:00Z"
    for one in package["resources"]:
        assert {"profile", "name", "path", "title", "format", "mediatype", "encoding", "schema"} <= set(one)
        assert one["profile"] == "tabular-data-resource"
        assert NAME.fullmatch(one["name"])
        assert all({"name", "type", "title"} <= set(field) for field in one["schema"]["fields"])
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    assert "licenses" not in package


def test_every_file_is_described_with_its_size_and_hash(content, package):
    archive = zipfile.ZipFile(io.BytesIO(content))

    assert archive.namelist() == ["datapackage.json", *(one["path"] for one in package["resources"])]
    for one in package["resources"]:
        data = archive.read(one["path"])
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in data


def test_every_value_is_of_the_type_that_its_field_promises(package, files):
    for one in package["resources"]:
        schema, rows = one["schema"], files[one["path"]]
        for row in rows:
            assert list(row) == [field["name"] for field in schema["fields"]]
            for field in schema["fields"]:
                value = row[field["name"]]
                if value not in schema["missingValues"]:
                    TYPES[field["type"]](value)
                    assert value in field.get("constraints", {}).get("enum", [value])


def test_primary_keys_tell_the_rows_apart(package, files):
    for one in package["resources"]:
        key = one["schema"]["primaryKey"]
        values = [tuple(row[name] for name in key) for row in files[one["path"]]]
        assert len(set(values)) == len(values)
    assert resource(package, "items")["schema"]["primaryKey"] == ["code"]


def test_a_table_without_a_key_claims_none():
    package, _ = opened(Table("T", (Column("a", "A"),), ((Cell("x"),), (Cell("x"),)), anchor="t"))

    assert "primaryKey" not in resource(package, "t")["schema"]


def test_cells_are_those_of_the_document(document, files):
    for table in document.tables:
        rows = files[f"{table.anchor}.csv"]
        assert len(rows) == len(table.rows)
        for row, cells in zip(rows, table.rows, strict=True):
            for column, cell in zip(table.columns, cells, strict=True):
                expected = cell.text if cell.value is None else str(cell.value)
                assert row[column.key].removeprefix("'") == expected


def test_a_tone_has_a_code_that_is_the_same_in_every_language(files):
    assert files["matrix.csv"][0]["kazakhstan_code"] == Tone.LIMITED
    assert files["figures.csv"][1]["implemented_code"] == Tone.IMPLEMENTED


def test_addresses_and_languages_have_columns_of_their_own(files):
    assert files["items.csv"][0]["source_link"] == "https://example.org/a?b=1"
    assert files["items.csv"][1]["measures_language"] == "tg"
    assert LETTERS in files["items.csv"][1]["measures"]


def test_totals_are_no_rows_and_stand_in_the_description(package):
    assert resource(package, "figures")["totals"] == {
        "pillar": "Total",
        "due": "605",
        "implemented": "139",
        "not_reported": "466",
        "share": "23.0",
    }


def test_a_word_in_the_place_of_a_number_is_declared():
    column = Column("share", "Share", kind=Kind.PERCENT)
    rows = ((Cell("50.0 %", value=Decimal("50.0")),), (Cell("suppressed"),), (Cell(""),))

    package, files = opened(Table("T", (column,), rows, anchor="t"))

    schema = resource(package, "t")["schema"]
    assert schema["missingValues"] == ["", "suppressed"]
    assert (schema["fields"][0]["type"], schema["fields"][0]["description"]) == ("number", "In per cent.")
    assert [row["share"] for row in files["t.csv"]] == ["50.0", "suppressed", ""]


def test_no_cell_begins_as_a_formula(files):
    values = [value for rows in files.values() for row in rows for value in row.values()]

    assert not [value for value in values if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [row["measures"] for row in files["items.csv"][3:6]] == [f"'{text}" for text in HOSTILE[:3]]


def test_the_running_text_is_there_in_order(files, document):
    rows = files["text.csv"]
    text = squeezed("".join(row["text"] for row in rows) + text_of("csv", render(document, "csv")))

    assert [row["position"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    assert [(row["level"], row["number"], row["text"]) for row in rows if row["kind"] == "heading"][:2] == [
        ("1", "I.", "Introduction"),
        ("2", "A.", "Adopted wording"),
    ]
    assert {row["language"] for row in rows} == {"en", "kk"}
    sentences = [word for word in all_words(document) if "\\" not in word and '"' not in word and "\n" not in word]
    assert [word for word in sentences if squeezed(word) not in text] == []


def test_sources_are_named_with_their_addresses():
    citations = (Citation("Report, line 285"), Citation("Law", "https://example.org/law"))

    _, files = opened(Bullets(("x",), citations), Quote("y", "Plan, line 601"))

    assert [row["sources"] for row in files["text.csv"]] == [
        "Report, line 285; Law <https://example.org/law>",
        "Plan, line 601",
    ]


def test_titles_are_in_the_language_of_the_report():
    package, _ = opened(Paragraph("x"), language="ru")

    assert package["languages"] == ["ru"]
    assert package["resources"][-1]["title"] == "Текст"


def test_columns_and_files_of_one_name_are_told_apart():
    table = Table("T", (Column("a", "A"), Column("A", "B")), ((Cell("x"), Cell("y")),), anchor="text")

    package, files = opened(table)

    assert [one["path"] for one in package["resources"]] == ["text.csv", "text-2.csv"]
    assert files["text.csv"] == [{"a": "x", "a-2": "y"}]


def test_a_description_can_be_made_without_files(document):
    assert descriptor(document, [])["resources"] == []
