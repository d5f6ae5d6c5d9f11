#!/usr/bin/env python3
"""Writes provinces.tsv, communes.tsv, former.tsv and the commune part of agencies.toml from vietnamadminunits 1.0.4 (MIT).

Use: python3 make.py DIRECTORY   (the directory that holds the unpacked package; see README.md)
The tables are committed, so nobody needs this to build; it is kept so that everybody can see where they come from.
"""

import json
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
NEW_FROM = "2025-07-01"  # Resolution 202/2025/QH15 and the commune resolutions: new units work from this day.
OLD_UNTIL = "2025-06-30"
# The package knows the 63 provinces as they stood last; this one had changed half a year before (Resolution 175/2024/QH15).
OLDER_NAME = ["46", "Thừa Thiên Huế", "tỉnh", "", "2024-12-31", "46"]
DEMO_NEW, DEMO_OLD = "44", "45"  # Quảng Trị after and before it was joined with Quảng Bình.


def text(value):
    return unicodedata.normalize("NFC", value or "").strip()


def lower_kind(full):
    """'Thị xã Quảng Trị' -> 'thị xã Quảng Trị'; the package writes a few 'Thị Trấn' too."""
    full = text(full).replace("Thị Trấn ", "Thị trấn ")
    return full[:1].lower() + full[1:]


def split_kind(full):
    for kind in ("Thành phố", "Đặc khu", "Phường", "Tỉnh", "Xã"):
        if full.startswith(kind + " "):
            return kind.lower(), full[len(kind) + 1:]
    raise ValueError(full)


def write(name, header, rows):
    lines = ["\t".join(header)] + ["\t".join(row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(rows))


def main(package):
    data = package / "vietnamadminunits" / "data"
    db = sqlite3.connect(data / "dataset.db")
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))

    new = list(db.execute("select provinceCode, province, provinceKey, wardCode, ward, wardKey from admin_units"))
    old = list(db.execute(
        "select provinceCode, province, provinceKey, districtCode, district, districtKey, wardCode, ward, wardKey"
        " from admin_units_legacy"))
    code_of = {(pk, wk): code for _, _, pk, code, _, wk in new}
    assert len(code_of) == len(new)

    # The package joins old to new by keys without marks; every key is unique on both sides, which this checks.
    became = defaultdict(list)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, olds in wards.items():
            for old_key in olds:
                became[old_key].append(code_of[province, key])
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old_key, parts in olds.items():
            # The part the package thinks the likeliest comes first.
            for part in sorted(parts, key=lambda part: not part["isDefaultNewWard"]):
                became[old_key].append(code_of[province, part["newWardKey"]])
    old_keys = [f"{pk}_{dk}_{wk or ''}" for _, _, pk, _, _, dk, _, _, wk in old]
    assert len(set(old_keys)) == len(old_keys) and set(old_keys) == set(became)

    province_key = {pk: code for code, _, pk, *_ in new}
    became_province = {o: province_key[n] for n, olds in converter["DICT_PROVINCE"].items() for o in olds}
    old_provinces = {code: (*reversed(split_kind(text(name))), became_province[key]) for code, name, key, *_ in old}
    new_provinces = {code: tuple(reversed(split_kind(text(name)))) for code, name, *_ in new}
    write("provinces.tsv", ["code", "name", "kind", "from", "until", "became"],
          [[code, name, kind, NEW_FROM, "", ""] for code, (name, kind) in sorted(new_provinces.items())]
          + [[code, name, kind, "", OLD_UNTIL, now] for code, (name, kind, now) in sorted(old_provinces.items())]
          + [OLDER_NAME])

    communes = []
    for province, _, _, code, ward, _ in new:
        kind, name = split_kind(text(ward))
        communes.append([code, name, kind, province, NEW_FROM, ""])
    write("communes.tsv", ["code", "name", "kind", "province", "from", "until"], sorted(communes))

    former = [[text(ward_code), lower_kind(ward), text(district_code), lower_kind(district), province_code, lower_kind(province),
               OLD_UNTIL, ",".join(became[key])]
              for (province_code, province, _, district_code, district, _, ward_code, ward, _), key in zip(old, old_keys)]
    former.sort(key=lambda row: (row[4], row[2], row[0]))
    write("former.tsv", ["code", "name", "district_code", "district", "province_code", "province", "until", "became"], former)
    agencies(communes, former)


def agencies(communes, former):
    """The one-stop desks of the demonstration: communes of today's Quảng Trị that lie in the old Quảng Trị."""
    districts, votes = {}, defaultdict(Counter)
    for _, _, district_code, district, province_code, _, _, now in former:
        if province_code != DEMO_OLD:
            continue
        # The register of units writes "Đa Krông"; the district itself and the new commune write "Đakrông".
        districts[district_code] = district.replace("Đa Krông", "Đakrông")
        for commune in now.split(","):
            votes[commune][district_code] += 1
    out = [AGENCIES_HEAD, PROVINCE]
    number = 0

    def desk(code, name, level, parent):
        nonlocal number
        number += 1
        out.append("\n".join([
            "", "[[agency]]", f'code = "{code}"', f'name = "{name}"', f'level = "{level}"', f'parent = "{parent}"',
            f'address = "Trụ sở {name}, tỉnh Quảng Trị"', f'phone = "(0233) 000 {number:04}"']))

    # Its land is one commune of today, right below the province.
    del districts[ISLAND]
    for code, name in sorted(districts.items()):
        desk(code, f"UBND {name}", "district", DEMO_NEW)
    for code, name, kind, province, _, _ in sorted(communes):
        if province == DEMO_NEW and code in votes:
            desk(code, f"UBND {kind} {name}", "commune", above if (above := votes[code].most_common(1)[0][0]) in districts else DEMO_NEW)
    (HERE / "agencies.toml").write_text("\n".join(out) + "\n", encoding="utf-8")
    print("agencies.toml", number)


AGENCIES_HEAD = """\
# One-stop desks of the demonstration province, Quảng Trị, written by make.py and then an office's own to edit.
#
# Decision 71 of the province (January 2024) was written for three levels: commune, district, province. Districts ended
# on 30 June 2025. The demonstration keeps the old districts as agencies so that the Decision runs as it is written;
# with two levels, leave the district agencies out: procedures say in `[[flow]]` how they run then, as Cồn Cỏ shows, whose
# island district became a commune with the province right above it.
# Here are the communes of today whose land was in Quảng Trị before it was joined with Quảng Bình; `parent` is the old
# district that most of a commune's former wards belonged to. Districts have their old three-digit codes, and their parent
# is the province's code in provinces.tsv.
#
# Telephone numbers are invented for the demonstration and reach nobody. Addresses only say whose seat it is."""

PROVINCE = f"""
# The province receives nothing itself: its officers look after the others.
[[agency]]
code = "{DEMO_NEW}"
name = "UBND tỉnh Quảng Trị"
level = "province"
address = "Trụ sở UBND tỉnh Quảng Trị"
phone = "(0233) 000 0000\""""

if __name__ == "__main__":
    main(Path(sys.argv[1]))
