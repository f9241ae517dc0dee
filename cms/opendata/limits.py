"""How large an uploaded resource, and the work on it, may be."""

MEBIBYTE = 1 << 20

# An uploaded file, and all that an archive holds once it is unpacked, in bytes.
SOURCE_BYTES = 200 * MEBIBYTE
UNPACKED_BYTES = 1024 * MEBIBYTE
ARCHIVE_ENTRIES = 2_000
# Formats that their library can only read whole, in memory: GeoJSON, KML and KMZ.
WHOLE_FILE_BYTES = 64 * MEBIBYTE

TABLE_COLUMNS = 1_000
TABLE_ROWS = 5_000_000
CELL_CHARACTERS = 131_072  # csv's own limit
# A sheet of LibreOffice and Excel, the heading row included.
SHEET_ROWS = 1_048_576

# What an editor's upload is checked for at once; the rest shows when it is converted.
CHECKED_ROWS = 10_000
PREVIEW_ROWS = 20
PREVIEW_MAP_BYTES = 200_000

# The process that converts one file into one format.
PROCESS_MEMORY_BYTES = 1024 * MEBIBYTE
PROCESS_CPU_SECONDS = 600
PROCESS_WALL_SECONDS = 1_800
RESULT_BYTES = 2048 * MEBIBYTE
CHECK_CPU_SECONDS = 30
CHECK_WALL_SECONDS = 60
