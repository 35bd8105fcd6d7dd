"""Checks a receipt, with no network: python check_receipt.py RECEIPT.json [EVENTS.json ...]. See docs/receipts.md."""

import hashlib
import json
import sys
from pathlib import Path


def sha256(facts: dict) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


receipt, *pages = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
facts, words, faults = receipt["facts"], receipt["words"], []
if sha256(facts) != receipt["hash"]:
    faults.append("The receipt is not what its hash was made of.")
if words and sha256(words) != facts["revision"]:
    faults.append("The words are not those that the receipt was given for.")
links = {row["sequence"]: row for page in pages for row in page["results"] if row["subject"] == facts["subject"]}
if pages and links.get(facts["sequence"], {}).get("hash") != receipt["hash"]:
    faults.append("The record does not hold this receipt.")
for number in range(1, max(links, default=0) + 1):
    before = links[number - 1]["hash"] if number - 1 in links else ""
    if links.get(number, {}).get("previous_hash") != before:
        faults.append(f"Event {number} is missing, or does not follow from the one before.")
print("\n".join(faults or [f"Holds: {facts['subject']} {facts['sequence']}, {facts['move']}, {facts['at']}."]))
sys.exit(bool(faults))
