"""The Django project. Makes the folder `graphql/` a source root, for `import content_api`."""

import sys
from pathlib import Path

# Appended, never inserted: `import graphql` must stay graphql-core. See docs/decisions/0002.
sys.path.append(str(Path(__file__).resolve().parent.parent / "graphql"))
