"""Peak memory and time of every conversion of a large table and a large map.

`python benchmarks/conversions.py` makes its own data in a temporary folder, runs the program that
the worker runs, each conversion in a process of its own, and prints the table of the README.
"""

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 1_000_000
AREAS, CORNERS, PARTS = 30_000, 100, 10
FEW = 10  # rows or areas: what a process needs before it holds any data
TABLE_TARGETS = ("preview", "csv", "json", "xml", "ods")
MAP_TARGETS = ("preview", "geojson", "kml", "kmz", "shp")
READ_TABLE = """
import csv, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as stream:
    print(sum(1 for row in csv.reader(stream)))
"""
READ_MAP = """
import sys
from pathlib import Path
from cms.opendata.maps.source import MapSource
source = MapSource(Path(sys.argv[1]), "map.zip", Path(sys.argv[2]))
print(sum(len(batch) for batch in source.batches()))
"""
MAKE_MAP = """
import sys
import numpy as np
from cms.opendata.maps.gdal import raw
from cms.opendata.maps.geometry import Geometry, to_wkb
path, areas, corners, parts = sys.argv[1], *map(int, sys.argv[2:])
random = np.random.default_rng(1)
turn = np.linspace(0, -2 * np.pi, corners)
for part in range(parts):
    shapes = np.empty(areas // parts, dtype=object)
    for i in range(len(shapes)):
        x, y = 600_000 + random.random(2) * 50_000 + [0, 900_000]
        ring = np.column_stack([x + 50 * np.cos(turn), y + 50 * np.sin(turn)])
        ring[1:-1] += random.random((corners - 2, 2)) * 5
        shapes[i] = to_wkb(Geometry("Polygon", [ring]))
    numbers = np.arange(len(shapes)) + part * len(shapes)
    names = np.array([f"แปลงที่ {number}" for number in numbers], dtype=object)
    raw.write(path, shapes, [numbers, names], np.array(["ID", "NAME"], dtype=object),
              geometry_type="Polygon", driver="ESRI Shapefile", crs="EPSG:32647",
              encoding="UTF-8", append=part > 0)
"""


def main() -> None:
    """Makes the data, measures, prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, (archive, size) = make_table(folder, ROWS), make_map(folder, AREAS)
        print(
            f"table: {ROWS:,} rows, {megabytes(table)} MB; map: {AREAS:,} areas, {size} MB\n\n"
            "| input | target | peak memory, MB | seconds | times reading |\n"
            "|---|---|---|---|---|"
        )
        measure("table", table, TABLE_TARGETS, READ_TABLE)
        measure("map", archive, MAP_TARGETS, READ_MAP)
        measure(f"table of {FEW} rows", make_table(folder, FEW), TABLE_TARGETS, READ_TABLE)
        measure(f"map of {FEW} areas", make_map(folder, FEW)[0], MAP_TARGETS, READ_MAP)


def make_table(folder: Path, rows: int) -> Path:
    """Eight columns in Thai: codes with leading zeros, numbers, dates, text."""
    path = folder / f"table-{rows}.csv"
    with path.open("w", encoding="utf-8-sig") as stream:
        stream.write("รหัส,ชื่อ,หมู่ที่,จำนวน,ร้อยละ,หมายเหตุ,วันที่,โทรศัพท์\n")
        for i in range(rows):
            stream.write(
                f"{i:07d},ครัวเรือนที่ {i},{i % 12},{i * 3},{i / 7:.2f},ปกติ,"
                f"2026-01-{i % 28 + 1:02d},0{i % 99_999_999:09d}\n"
            )
    return path


def make_map(folder: Path, areas: int) -> tuple[Path, int]:
    """Areas in UTM zone 47 north, zipped; the size of the .shp in MB."""
    shape = folder / f"map-{areas}.shp"
    arguments = [str(shape), str(areas), str(CORNERS), str(PARTS)]
    run_measured([sys.executable, "-c", MAKE_MAP, *arguments])
    path = folder / f"map-{areas}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            archive.write(shape.with_suffix(suffix), f"map{suffix}")
    return path, megabytes(shape)


def measure(name: str, source: Path, targets: tuple[str, ...], reading: str) -> None:
    """One line for plain reading and one for each target, which repeats it as a ratio."""
    kind = name.split()[0]
    with tempfile.TemporaryDirectory() as folder:
        memory, base = run_measured([sys.executable, "-c", reading, str(source), folder])
    print(f"| {name} | only read | {memory} | {base:.1f} | 1.0 |", flush=True)
    for target in targets:
        with tempfile.TemporaryDirectory() as folder:
            worker = [sys.executable, "-m", "cms.opendata.worker", kind, target]
            memory, seconds = run_measured([*worker, str(source), source.name, folder])
        print(
            f"| {name} | {target} | {memory} | {seconds:.1f} | {seconds / base:.1f} |", flush=True
        )


def run_measured(command: list[str]) -> tuple[int, float]:
    """Peak resident memory in MB and seconds of processor time of one process."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:5]} failed after {time.monotonic() - started:.0f} s")
    return usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime


def megabytes(path: Path) -> int:
    """The size of a file."""
    return round(path.stat().st_size / 1_000_000)


if __name__ == "__main__":
    main()
