"""What a trigger's function changes, read from its text.

The site's triggers are told by what they write, not by their names, which nobody promised. Reading errs to the careful
side: whatever isn't understood (dynamic SQL, another language, an exception raised) makes the function one that may do
anything, and such a trigger stays.
"""

import re
from collections.abc import Mapping

# Does more than change rows, or can't be seen through.
OPAQUE = re.compile(
    r"\b(?:execute(?!\s+(?:function|procedure)\b)|pg_notify|notify|dblink\w*|http\w*|set_config|copy|truncate|call)\b"
    r"|\braise\s+(?!notice\b|warning\b|info\b|log\b|debug\b)|\bnew\s*:=",
    re.I,
)
WRITES = re.compile(r"\b(?:insert\s+into|delete\s+from(?:\s+only)?|merge\s+into)\s+([\w.\"]+)", re.I)
UPDATES = re.compile(r"\bupdate\s+(?:only\s+)?([\w.\"]+)(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\b", re.I)
ASSIGNS = re.compile(r"\bnew\.\"?(\w+)\"?\s*:=", re.I)
# plpgsql takes a plain = for an assignment at the beginning of a statement.
ASSIGNS_PLAINLY = re.compile(r"(?:;|\bthen\b|\belse\b|\bbegin\b|\bloop\b)\s*new\.\"?(\w+)\"?\s*=", re.I)
INTO_NEW = re.compile(r"\binto\s+(?:strict\s+)?((?:new\.\w+\s*,\s*)*new\.\w+)", re.I)
CALLS = re.compile(r"\b(?:\w+\.)?(\w+)\s*\(")
ANYTHING = "anything"
Functions = Mapping[str, list[tuple[str, str]]]


def effects(language: str, source: str, functions: Functions, seen: frozenset[str] = frozenset()) -> set[str]:
    """`table` or, for an UPDATE, `table.column` of what is written; `new.column` of what is set; perhaps ANYTHING.

    `functions`: name → [(language, source)] of all that it may call.
    """
    if language not in ("plpgsql", "sql"):
        return {ANYTHING}
    text = without_comments_and_strings(source)
    found = {ANYTHING} if OPAQUE.search(text) else set()
    found |= {_bare(name) for name in WRITES.findall(text)}
    for match in UPDATES.finditer(text):
        found |= {f"{_bare(match[1])}.{column}" for column in columns_set(text[match.end() :])}
    assigned = {*ASSIGNS.findall(text), *ASSIGNS_PLAINLY.findall(text)}
    assigned |= {name.split(".")[1] for names in INTO_NEW.findall(text) for name in re.split(r"\s*,\s*", names)}
    found |= {f"new.{column.lower()}" for column in assigned}
    for called in {name.lower() for name in CALLS.findall(text)} & functions.keys() - seen:
        for inner_language, inner in functions[called]:
            found |= effects(inner_language, inner, functions, seen | {called})
    return found


def without_comments_and_strings(source: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", " '' ", source, flags=re.S)


def columns_set(rest: str) -> set[str]:
    """The columns that the SET clause at the beginning of `rest` names; what stands in parentheses is left out."""
    plain, depth = [], 0
    for char in rest:
        depth += (char == "(") - (char == ")")
        if depth < 0 or (char == ";" and depth == 0):
            break
        plain.append(char if depth == 0 and char != ")" else " ")
    clause = re.split(r"\b(?:where|from|returning)\b", "".join(plain), maxsplit=1, flags=re.I)[0]
    found = {name.lower() for name in re.findall(r"(?:^|,)\s*\"?(\w+)\"?\s*=", clause)}
    # SET (a, b) = (…) lost its names with the parentheses.
    return found or {"*"}


def _bare(name: str) -> str:
    return name.replace('"', "").rpartition(".")[2].lower()
