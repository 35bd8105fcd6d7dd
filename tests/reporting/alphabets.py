"""The alphabets that updates are written in, so that a letter that a font lacks cannot go unnoticed."""

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABETS = {
    ("en", "Latin"): "abcdefghijklmnopqrstuvwxyz",
    ("ru", "Cyrillic"): RUSSIAN,
    ("kk", "Cyrillic"): f"{RUSSIAN}әғқңөұүһі",
    ("ky", "Cyrillic"): f"{RUSSIAN}ңөү",
    ("tg", "Cyrillic"): "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    ("tk", "Latin"): "abçdeäfghijžklmnňoöprsştuüwyýz",
    ("uz", "Latin"): "abdefghijklmnopqrstuvxyzoʻgʻ’oʼ",
    ("uz", "Cyrillic"): "абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳ",
}


def letters(alphabet: str) -> str:
    """Small and capital letters, apart, so that none of them is joined or hyphenated away."""
    return " ".join(f"{small}{small.upper()}" for small in alphabet)
