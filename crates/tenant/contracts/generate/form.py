"""The form in which contracts are kept.

    {"origin": "...", "service": "graph/v1.0",
     "paths": {path: {method: {"query": [...], "body": TYPE, "answers": {status: TYPE}}}},
     "types": {name: {"base": name, "tag": property, "kinds": {value of the tag: name}, "properties": {name: TYPE}}},
     "enums": {name: [values]}}

A TYPE is a name: of a type, of an enumeration, or one of `string`, `boolean`, `integer`, `number`, `date-time`, `date`, `time`,
`duration`, `any`. `[TYPE]` is a list, `{TYPE}` an object with any names, `TYPE?` may be null, an object of properties stands for
itself, and null for no body.
"""

import json


class Answers(dict):
    """Types by status."""


class Contract:
    def __init__(self, service, origin):
        self.service = service
        self.origin = origin
        self.paths = {}
        self.types = {}
        self.enums = {}

    def operation(self, path, method, answers, body, query):
        operation = {}
        if query:
            operation["query"] = query
        if body:
            operation["body"] = body
        operation["answers"] = {status: answers[status] for status in sorted(answers)}
        methods = self.paths.setdefault(path, {})
        if methods.setdefault(method, operation) != operation:
            raise ValueError(f"two different {method} {path}")

    def text(self):
        """One line for each path, type and enumeration: short, and a change shows as what it is."""

        def lines(members):
            inner = ",\n".join(f"  {json.dumps(key)}: {json.dumps(members[key])}" for key in sorted(members))
            return f"{{\n{inner}\n }}" if members else "{}"

        return (
            "{\n"
            f' "origin": {json.dumps(self.origin)},\n'
            f' "service": {json.dumps(self.service)},\n'
            f' "paths": {lines(self.paths)},\n'
            f' "types": {lines(self.types)},\n'
            f' "enums": {lines(self.enums)}\n'
            "}\n"
        )
