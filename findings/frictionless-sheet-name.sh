#!/usr/bin/env bash
# frictionless 5.21.0 (PyPI, with openpyxl 3.1.5) and the table dialect of Data Package 2.0.
#
# Guessed: a workbook with a cover sheet in front is described by `"dialect": {"sheetName": "Diem"}`, as the standard says, and the
# validator reads that sheet, or says that it does not know the word.
#
# Behaviour: `sheetName` and `sheetNumber` are passed over without a word. The first sheet is read, `validate` says valid, and a name of
# a sheet that is not there is valid too. Only frictionless's own `"dialect": {"excel": {"sheet": "Diem"}}` chooses a sheet, and only
# there a wrong name is an error. Whoever publishes a workbook writes both; whoever trusts "valid" has looked at the cover.
#
# Output seen on 2026-11-30 (dialect, valid, header read):
#   {'sheetName': 'Diem'} True ['ghi_chu']
#   {'sheetNumber': 2} True ['ghi_chu']
#   {'sheetName': 'Khong co'} True ['ghi_chu']
#   {'excel': {'sheet': 'Diem'}} True ['don_vi', 'diem']
#   {'excel': {'sheet': 'Khong co'}} error
# Source: https://datapackage.org/standard/table-dialect/#sheetname
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
tools/bin/pip install --quiet --disable-pip-version-check "frictionless[excel]==5.21.0" "openpyxl==3.1.5"
cat > try.py <<'PYTHON'
import json
import openpyxl
from frictionless import FrictionlessException, Package

book = openpyxl.Workbook()
book.active.title = "Bia"
book.active.append(["ghi_chu"])
book.active.append(["Bảng điểm kèm theo quyết định"])
points = book.create_sheet("Diem")
points.append(["don_vi", "diem"])
points.append(["HN.01", 78.5])
book.save("points.xlsx")


def read(dialect):
    resource = {"name": "points", "path": "points.xlsx", "format": "xlsx", "dialect": dialect}
    schema = "https://datapackage.org/profiles/2.0/datapackage.json"
    with open("datapackage.json", "w") as file:
        json.dump({"$schema": schema, "resources": [resource]}, file)
    try:
        package = Package("datapackage.json")
        valid = package.validate().valid
        return valid, list(package.resources[0].read_rows()[0].to_dict())
    except FrictionlessException:
        return "error"


seen = {
    "by name": read({"sheetName": "Diem"}),
    "by number": read({"sheetNumber": 2}),
    "by a name that is not there": read({"sheetName": "Khong co"}),
    "in its own way": read({"excel": {"sheet": "Diem"}}),
    "in its own way, by a name that is not there": read({"excel": {"sheet": "Khong co"}}),
}
for how, what in seen.items():
    print(f"{how}: {what}")
cover = (True, ["ghi_chu"])
assert list(seen.values()) == [cover, cover, cover, (True, ["don_vi", "diem"]), "error"], "the behaviour has changed"
print("as before")
PYTHON
tools/bin/python try.py
