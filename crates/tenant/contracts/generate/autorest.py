"""Paths and types of Azure Resource Manager, read from the sources of clients that AutoRest generated. Nothing is imported or run."""

import ast
import re

from form import Answers, Contract

PRIMITIVES = {
    "str": "string",
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "iso-8601": "date-time",
    "duration": "duration",
    "object": "any",
}


class Reader:
    """Collects into a contract the chosen operations of one version of a service."""

    def __init__(self, wheel, folder, contract, recorded, kinds):
        self.contract = contract
        self.recorded = recorded
        self.kinds = kinds
        names = wheel.namelist()
        parse = lambda name: ast.parse(wheel.read(name))
        self.models = {
            node.name: node
            for node in parse(f"{folder}/models/_models_py3.py").body
            if isinstance(node, ast.ClassDef)
        }
        (enums,) = [name for name in names if re.fullmatch(re.escape(folder) + r"/models/_.*enums\.py", name)]
        self.enum_classes = {node.name: node for node in parse(enums).body if isinstance(node, ast.ClassDef)}
        self.operations = [
            parse(name) for name in sorted(names)
            if re.fullmatch(re.escape(folder) + r"/operations/_.*operations\.py", name)
        ]

    # Paths

    def read_operations(self, wanted):
        for tree in self.operations:
            requests = {
                node.name: self.request(node)
                for node in tree.body
                if isinstance(node, ast.FunctionDef) and node.name.startswith("build_")
            }
            for group in (node for node in tree.body if isinstance(node, ast.ClassDef)):
                for method in (node for node in group.body if isinstance(node, ast.FunctionDef)):
                    self.read_operation(method, requests, wanted)

    @staticmethod
    def request(function):
        """Method, path and query options of the request that a function builds."""
        verb, template, query = None, None, set()
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                if getattr(node.func, "id", "") == "HttpRequest":
                    verb = next(k.value.value for k in node.keywords if k.arg == "method").lower()
                arguments = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if arguments[:1] == ["template_url"]:
                    template = arguments[1]
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                target = node.targets[0]
                if getattr(target.value, "id", "") == "_params":
                    query.add(target.slice.value)
        return verb, template, sorted(query - {"api-version"})

    def read_operation(self, method, requests, wanted):
        built = [n.func.id for n in ast.walk(method) if isinstance(n, ast.Call) and getattr(n.func, "id", "") in requests]
        if not built:
            return
        verb, path, query = requests[built[0]]
        if not wanted(verb, path):
            return
        statuses = next(
            [e.value for e in node.comparators[0].elts]
            for node in ast.walk(method)
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.NotIn) and isinstance(node.comparators[0], ast.List)
        )
        answers = Answers()
        everywhere = self.deserialized(method)
        for status in statuses:
            # Where answers differ, each is read below the question for its status.
            own = None
            for node in ast.walk(method):
                if (isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq)
                        and getattr(node.test.comparators[0], "value", None) == status):
                    own = self.deserialized(node)
            answers[str(status)] = own or (everywhere if len(statuses) == 1 else None)
        annotations = [ast.unparse(a.annotation) for a in method.args.args if a.annotation]
        found = next(filter(None, (re.search(r"_models\.(\w+)", annotation) for annotation in annotations)), None)
        self.contract.operation(path, verb, answers, self.type(found[1]) if found else None, query)

    def deserialized(self, node):
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in ("_deserialize", "deserialize"):
                if isinstance(call.args[0], ast.Constant):
                    return self.type(call.args[0].value)
        return None

    # Types

    def type(self, spelling):
        """Our spelling of AutoRest's spelling of a type."""
        if spelling in PRIMITIVES:
            return PRIMITIVES[spelling]
        if spelling.startswith("["):
            return f"[{self.type(spelling[1:-1])}]"
        if spelling.startswith("{"):
            return "{" + self.type(spelling[1:-1]) + "}"
        if spelling in self.enum_classes:
            self.contract.enums.setdefault(spelling, self.values(spelling))
            return spelling
        if spelling not in self.contract.types:
            self.read_type(spelling)
        return spelling

    def values(self, name):
        statements = [s for s in self.enum_classes[name].body if isinstance(s, ast.Assign)]
        return [s.value.value for s in statements]

    def read_type(self, name):
        node = self.models[name]
        entry = self.contract.types[name] = {}
        bases = [b.id for b in node.bases if isinstance(b, ast.Name)]
        if bases:
            entry["base"] = self.type(bases[0])
        attributes = {
            s.targets[0].id: ast.literal_eval(s.value)
            for s in node.body
            if isinstance(s, ast.Assign) and s.targets[0].id in ("_attribute_map", "_subtype_map")
        }
        described = re.findall(r":vartype (\w+): (list\[)?str\s+or\s+~[\w.]+\.(\w+)", ast.get_docstring(node) or "")
        known = [(attribute, of_list, enum) for attribute, of_list, enum in described if enum in self.enum_classes]
        enums = {attribute: f"[{enum}]" if of_list else enum for attribute, of_list, enum in known}
        properties = {}
        for attribute, said in attributes.get("_attribute_map", {}).items():
            spelling = self.type(enums.get(attribute, said["type"]) if said["type"] in ("str", "[str]") else said["type"])
            # `a.b` is b within a; a dot of the name itself is escaped.
            *outer, last = [part.replace("\\.", ".") for part in re.split(r"(?<!\\)\.", said["key"])]
            within = properties
            for part in outer:
                within = within.setdefault(part, {})
            within[last] = f"{spelling}?"
        properties.update(self.recorded.get(name, {}))
        for key, kind in self.kinds.get(name, {}).items():
            *outer, last = key.split(".")
            within = properties
            for part in outer:
                within = within[part]
            within[last] = f"{self.type(kind)}?"
        entry["properties"] = ordered(properties)
        for attribute, kinds in attributes.get("_subtype_map", {}).items():
            entry["tag"] = attributes["_attribute_map"][attribute]["key"]
            entry["kinds"] = {tag: self.type(kinds[tag]) for tag in sorted(kinds)}


def ordered(properties):
    if isinstance(properties, str):
        return properties
    return {key: ordered(properties[key]) for key in sorted(properties)}
