"""How long and how much memory a caseload of a given size takes, from one sheet to a brief.

    .venv/bin/python benchmarks/volume.py [PEOPLE] [SEED]

A plain volume of made-up rows: names, trades, provinces and dates drawn evenly from short lists, one household in
fifty told a second time with other spellings. It measures speed, not truth: a caseload with known truth is the
rehearsal room's work.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIVEN = (
    "Ahmad Mohammad Karim Rahim Naeem Farid Hamid Najib Nasir Samim Wali Jawad Idris Yusuf "
    "Zalmai Bashir Omid Latif Zahra Fatima Maryam Laila Nargis Shukria Parwin Roya Sima Nilofar "
    "Hosna Gulalai Palwasha Mina Storai Zarmina "
).split()
FAMILY = (
    "Ahmadi Karimi Rahimi Noori Wardak Stanekzai Barakzai Popal Hashimi Sadat Azizi Haidari "
    "Yousufi Safi Amini "
).split()
SPELLED = {
    "Mohammad": "Muhamad",
    "Ahmad": "Ahmed",
    "Yusuf": "Yousof",
    "Karimi": "Kareemi",
    "Noori": "Nuri",
    "Naeem": "Naim",
}
PROVINCE = (
    "Kabul Herat Kandahar Balkh Nangarhar Ghazni Helmand Kunduz Badakhshan Bamyan Khost Logar "
    "Parwan "
).split()
WORK = (
    "interpreter for the British Army", "driver for a contractor", "guard at the embassy, contractor",
    "teacher of English", "judge", "journalist", "civil servant", "shopkeeper", "", "",
    "threat letter to the house", "women's rights activist",
)  # fmt: skip
HEADING = (
    "Case ref", "First name", "Surname", "Father's name", "Relationship", "Sex", "Date of birth", "Passport no.",
    "Phone", "Province", "Occupation",
)  # fmt: skip


def household(chance: random.Random, number: int) -> list[list[str]]:
    family, father, province = chance.choice(FAMILY), chance.choice(GIVEN), chance.choice(PROVINCE)
    phone = f"+93700{number % 1_000_000:06}"
    rows = []
    for place in range(chance.choice((1, 2, 4, 5, 5, 6, 6, 7, 8, 9))):
        relation = ("principal", "wife")[place] if place < 2 else "child"
        year = chance.randint(1955, 1998) if place < 2 else chance.randint(2001, 2020)
        born = chance.choice(
            (str(year), f"{year}-01-01", f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{year}")
        )
        passport = f"P{chance.randrange(10**8):08}" if chance.random() < 0.4 else ""
        work = chance.choice(WORK) if place == 0 else ""
        rows.append([
            f"C{number:06}", chance.choice(GIVEN), family, father, relation, chance.choice("MF"), born, passport,
            phone, province, work,
        ])  # fmt: skip
    return rows


def told_again(rows: list[list[str]], number: int) -> list[list[str]]:
    """The same household as another caller spells it, without its documents."""
    return [
        [
            f"D{number:06}",
            SPELLED.get(row[1], row[1]),
            SPELLED.get(row[2], row[2]),
            *row[3:7],
            "",
            *row[8:],
        ]
        for row in rows
    ]


def write_sheet(path: Path, people: int, seed: int) -> None:
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        written = number = 0
        while written < people:
            rows = household(chance, number)
            if number % 50 == 49:
                rows += told_again(rows, number)
            writer.writerows(rows)
            written += len(rows)
            number += 1


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        sheet = Path(name) / "volume.csv"
        write_sheet(sheet, people, seed)
        command = [
            str(Path(sys.executable).with_name("safeconduct")),
            "brief",
            str(sheet),
            "--pack",
            "afghanistan-2021",
        ]
        began = time.perf_counter()
        done = subprocess.run(
            [*command, "-o", f"{name}/out", "--json"], capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - began
    summary = json.loads(done.stdout)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{people:,} people asked for, seed {seed}: {seconds:.1f} s in all, {peak:,.0f} MB at the peak of one process"
    )
    print(json.dumps(summary, indent=2))


if __name__ == "__main__":
    main()
