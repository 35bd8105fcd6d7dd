"""Which passwords are taken: of any composition and length, and none that somebody would try."""

from __future__ import annotations

import random
from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client

from commitments.models import Person
from jpoa.passwords import NotLeaked

EMAIL, PASSWORD = "focal.kaz@example.org", "correct horse battery"
pytestmark = [pytest.mark.battery("C9"), pytest.mark.same_on_every_engine]


def is_taken(password: str) -> bool:
    try:
        validate_password(password, Person(email="aigul.n@example.org", full_name="A. Nurlanova"))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("password", [
    "only small letters", "ONLY CAPITALS HERE", "юрта стоит над рекой", "7#kd9!unrcca2$Qz", "   twelve o clock",
    "🐎" * 12, "tracker dances slowly", "x" * 11 + "y", "a long sentence that nobody else would ever write " * 4,
])  # fmt: skip
def test_any_composition_is_taken(password):
    assert is_taken(password)


@pytest.mark.parametrize("password", [
    "eleven char", "749201837465", "password1234", "passwordpassword", "qwertyuiop123", "iloveyou-sunshine",
    "Dragon.Monkey12", "aigul.n@example.org", "Kazakhstan2026!", "jpoa-tracker-2026", "UNRCCA secretariat 1",
    "focal point of kazakhstan", "координатор 2026", "Central-Asia-2027!",
])  # fmt: skip
def test_what_somebody_would_try_is_refused(password):
    assert not is_taken(password)


@pytest.fixture
def leaked(tmp_path, settings) -> list[str]:
    """Passwords in a file as it is published: by their hashes, in order, with how often."""
    words = [f"a password that leaked {number}" for number in range(500)]
    hashes = sorted(sha1(word.encode()).hexdigest().upper() for word in words)
    path = tmp_path / "leaked.txt"
    path.write_bytes(b"".join(f"{one}:{random.randint(1, 99999)}\r\n".encode() for one in hashes))
    settings.BREACHED_PASSWORDS = str(path)
    return words


def test_what_has_leaked_is_refused_wherever_it_stands_in_the_file(leaked):
    assert [word for word in leaked if is_taken(word)] == []
    assert all(is_taken(f"a password that did not {number}") for number in range(500))


def test_a_file_that_is_not_there_is_told_at_once(settings, tmp_path):
    settings.BREACHED_PASSWORDS = str(tmp_path / "nowhere")

    with pytest.raises(ImproperlyConfigured):
        NotLeaked()


def test_a_long_password_is_kept_to_the_letter(world, visit):
    long = " Ünü x" * 40 + "Z"
    form = {"oldpassword": PASSWORD, "password1": long, "password2": long}

    assert visit("focal.kaz").post("/accounts/password/change/", form).status_code == 302

    for other in (long[:-1], long.lower(), long.strip(), long[:72]):
        assert Client().post("/accounts/login/", {"login": EMAIL, "password": other}).status_code == 200
    assert Client().post("/accounts/login/", {"login": EMAIL, "password": long}).status_code == 302


def test_every_field_for_a_password_is_masked_and_open_to_password_managers(world, visit):
    pages = {"/accounts/login/": "current-password", "/accounts/password/change/": "new-password",
             "/desk/profile/address/": "current-password"}  # fmt: skip
    for place, wanted in pages.items():
        client = visit(None if "login" in place else "focal.kaz")
        page = client.get(place).content.decode()
        assert 'type="password"' in page and f'autocomplete="{wanted}"' in page, place
        assert "onpaste" not in page and 'autocomplete="off"' not in page
