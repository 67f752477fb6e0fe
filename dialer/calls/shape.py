"""How strictly a record's shape is read at the doors: no unknown key, no loose type.

Frozen dataclasses name it as `__pydantic_config__`, so one definition serves the judge, the store and
the readers, and no second model has to be kept in step.
"""

from typing import Any, Final

STRICT: Final[dict[str, Any]] = {"extra": "forbid", "strict": True}
