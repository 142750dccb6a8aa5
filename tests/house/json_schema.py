"""As much of JSON Schema 2020-12 as our schemas use; what they do not use is an error."""

from __future__ import annotations

import re
from typing import Any, Callable

_TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "integer": lambda value: _TYPES["number"](value) and value == int(value),
}
_NOTES = {"$schema", "$defs", "title", "description", "default", "format", "then", "else"}


def accepts(schema: Any, value: Any) -> bool:
    """Whether the document is one that the schema describes."""
    return _Validator(schema).check(schema, value)


def _same(a: Any, b: Any) -> bool:
    return a == b and isinstance(a, bool) == isinstance(b, bool)


class _Validator:
    def __init__(self, root: Any) -> None:
        self._root = root

    def check(self, schema: Any, value: Any) -> bool:
        """Each keyword is a method; one that does not concern this type of value is content."""
        if isinstance(schema, bool):
            return schema
        for keyword, argument in schema.items():
            if keyword in _NOTES:
                continue
            test = getattr(self, "_" + keyword.lstrip("$"))
            if not test(argument, value, schema):
                return False
        return True

    def _ref(self, pointer: str, value: Any, _: Any) -> bool:
        target = self._root
        for part in pointer.removeprefix("#/").split("/"):
            target = target[part]
        return self.check(target, value)

    def _type(self, names: Any, value: Any, _: Any) -> bool:
        return any(_TYPES[name](value) for name in ([names] if isinstance(names, str) else names))

    def _const(self, constant: Any, value: Any, _: Any) -> bool:
        return _same(constant, value)

    def _enum(self, values: list[Any], value: Any, _: Any) -> bool:
        return any(_same(one, value) for one in values)

    def _not(self, schema: Any, value: Any, _: Any) -> bool:
        return not self.check(schema, value)

    def _allOf(self, schemas: list[Any], value: Any, _: Any) -> bool:
        return all(self.check(schema, value) for schema in schemas)

    def _if(self, condition: Any, value: Any, schema: Any) -> bool:
        branch = "then" if self.check(condition, value) else "else"
        return self.check(schema.get(branch, True), value)

    def _required(self, names: list[str], value: Any, _: Any) -> bool:
        return not isinstance(value, dict) or all(name in value for name in names)

    def _properties(self, schemas: dict[str, Any], value: Any, _: Any) -> bool:
        return not isinstance(value, dict) or all(
            self.check(schema, value[name]) for name, schema in schemas.items() if name in value
        )

    def _additionalProperties(self, schema: Any, value: Any, whole: Any) -> bool:
        return not isinstance(value, dict) or all(
            self.check(schema, value[name]) for name in value if name not in whole["properties"]
        )

    def _items(self, schema: Any, value: Any, _: Any) -> bool:
        return not isinstance(value, list) or all(self.check(schema, item) for item in value)

    def _minItems(self, count: int, value: Any, _: Any) -> bool:
        return not isinstance(value, list) or len(value) >= count

    def _maxItems(self, count: int, value: Any, _: Any) -> bool:
        return not isinstance(value, list) or len(value) <= count

    def _minLength(self, count: int, value: Any, _: Any) -> bool:
        return not isinstance(value, str) or len(value) >= count

    def _maxLength(self, count: int, value: Any, _: Any) -> bool:
        return not isinstance(value, str) or len(value) <= count

    def _pattern(self, pattern: str, value: Any, _: Any) -> bool:
        # In JSON Schema "$" is the very end.
        return not isinstance(value, str) or bool(re.search(pattern.replace("$", r"\Z"), value))

    def _minimum(self, bound: float, value: Any, _: Any) -> bool:
        return not _TYPES["number"](value) or value >= bound

    def _maximum(self, bound: float, value: Any, _: Any) -> bool:
        return not _TYPES["number"](value) or value <= bound
