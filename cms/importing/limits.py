"""How large an uploaded file, and the import of it, may be."""

import datetime

MEBIBYTE = 1 << 20

FILE_BYTES = 20 * MEBIBYTE
# All that a workbook holds once it is unpacked; its shared texts are read into memory.
UNPACKED_BYTES = 64 * MEBIBYTE
# All are written in one transaction, for which other writers wait.
ROWS = 2_000

# What a screen can show and a clerk can work through; the rest is counted.
LISTED_PROBLEMS = 300
LISTED_NOTES = 1_000
LISTED_FILES = 20  # of one row
LISTED_DRAFTS = 50  # on one page of the result

# An uploaded file is not public and may never be: it is deleted after this time.
KEPT_FOR = datetime.timedelta(days=30)
TEXT_CHARACTERS = 200_000  # of one row
HEAD_BYTES = 4_096
