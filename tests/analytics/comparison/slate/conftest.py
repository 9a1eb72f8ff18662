"""What the tests of slates have in common."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # where slate_cases lies
