"""Dates in Russian end in a word and not in a full stop, so that a sentence can end with them."""

DATE_FORMAT = "j E Y года"
DATETIME_FORMAT = "j E Y года, G:i"
SHORT_DATE_FORMAT = "d.m.Y"
