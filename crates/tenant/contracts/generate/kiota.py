"""Paths and types of Microsoft Graph, read from the sources of a client that Kiota generated. Nothing is imported or run."""

import ast
import posixpath
import re

from form import Answers, Contract

PRIMITIVES = {
    "get_str_value": "string",
    "get_bool_value": "boolean",
    "get_int_value": "integer",
    "get_float_value": "number",
    "get_datetime_value": "date-time",
    "get_date_value": "date",
    "get_time_value": "time",
    "get_timedelta_value": "duration",
    "get_uuid_value": "string",
    "get_bytes_value": "string",
}
PRIMITIVE_CLASSES = {"str": "string", "bool": "boolean", "int": "integer", "float": "number", "UUID": "string",
                     "datetime.datetime": "date-time"}
METHODS = ["get", "post", "put", "patch", "delete"]


class Package:
    """The modules of a wheel, parsed when they are asked for."""

    def __init__(self, wheel, top):
        self.wheel = wheel
        self.top = top
        self.names = set(wheel.namelist())

    def parse(self, path):
        return ast.parse(self.wheel.read(path))

    def builders(self, folder):
        """The request builders in a folder and below it."""
        start = f"{self.top}/{folder}/"
        return sorted(n for n in self.names if n.startswith(start) and n.endswith("_request_builder.py"))

    def imports(self, path, tree):
        """Where each class that a module names comes from: a file."""
        found = {node.name: path for node in tree.body if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level and node.module:
                folder = path
                for _ in range(node.level):
                    folder = posixpath.dirname(folder)
                for name in node.names:
                    found[name.name] = posixpath.join(folder, *node.module.split(".")) + ".py"
        return found


def graph_name(class_name):
    return class_name[0].lower() + class_name[1:]


def functions(tree):
    return {node.name: node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def calls(node):
    """Calls within a node as pairs of the called attribute's name and the call."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            yield call.func.attr, call


class Reader:
    """Collects into a contract what the chosen request builders mention."""

    def __init__(self, package, contract, rules):
        self.package = package
        self.contract = contract
        self.rules = rules
        self.files = {}

    # Paths

    def read_builder(self, file, wanted, alias=lambda path: path):
        tree = self.package.parse(file)
        imports = self.package.imports(file, tree)
        methods = functions(tree)
        (template,) = [
            call.args[1].value
            for name, call in calls(methods["__init__"])
            if name == "__init__" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
        ]
        path, _, query = template.removeprefix("{+baseurl}").partition("{?")
        path = alias(path.replace("%2D", "-"))
        if not wanted(path):
            return
        options = sorted(o.replace("%24", "$").replace("%2D", "-") for o in query.rstrip("}").split(",") if o)
        for method in METHODS:
            if method not in methods:
                continue
            answer = self.answer(methods[method], imports)
            body = next((a for a in methods[method].args.args if a.arg == "body"), None)
            body = self.body(body.annotation.id, imports) if body and isinstance(body.annotation, ast.Name) else None
            self.contract.operation(path, method, answer, body, options if method == "get" else [])

    def answer(self, method, imports):
        for name, call in calls(method):
            if name == "send_async":
                return Answers({"2XX": self.reference(call.args[1].id, imports)})
            if name == "send_no_response_content_async":
                return Answers({"204": None})
            if name == "send_primitive_async":
                return Answers({"2XX": "any"})
            if name == "send_collection_async":
                return Answers({"2XX": f"[{self.reference(call.args[1].id, imports)}]"})
        raise ValueError("a method that sends nothing")

    def body(self, class_name, imports):
        reference = self.reference(class_name, imports)
        return reference if isinstance(reference, str) else {key: reference[key] for key in sorted(reference)}

    # Types

    def reference(self, class_name, imports):
        """A type's name; of a class that belongs to one path alone, its properties."""
        file = imports[class_name]
        if f"{self.package.top}/models/" not in file:
            bases, properties, _ = self.parse(file)
            return properties
        name = graph_name(class_name)
        known = self.files.setdefault(name, file)
        if known != file:
            raise ValueError(f"two types are called {name}: {known} and {file}")
        if name not in self.contract.types and name not in self.contract.enums:
            self.read_type(name, file)
        return name

    def read_type(self, name, file):
        tree = self.package.parse(file)
        classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        (class_name,) = [c for c in classes if graph_name(c) == name]
        if any(isinstance(base, ast.Name) and base.id == "Enum" for base in classes[class_name].bases):
            self.contract.enums[name] = self.values(classes[class_name])
            return
        # First itself, since types refer to each other in circles.
        entry = self.contract.types[name] = {}
        base, properties, kinds = self.parse(file)
        if base:
            entry["base"] = base
        allowed = self.rules.kinds.get(name)
        kinds = {tag: kind for tag, kind in kinds.items() if allowed is None or graph_name(kind[0]) in allowed}
        if kinds:
            entry["tag"] = "@odata.type"
            entry["kinds"] = {tag: self.reference(*kinds[tag]) for tag in sorted(kinds)}
        entry["properties"] = {key: properties[key] for key in sorted(properties)}

    @staticmethod
    def values(node):
        values = []
        for statement in node.body:
            if isinstance(statement, ast.Assign):
                value = statement.value
                values.append((value.elts[0] if isinstance(value, ast.Tuple) else value).value)
        return values

    def parse(self, file):
        """Base type, properties and derived types of a model."""
        tree = self.package.parse(file)
        imports = self.package.imports(file, tree)
        node = next(n for n in tree.body if isinstance(n, ast.ClassDef))
        name = graph_name(node.name)
        methods = functions(node)
        bases = [b.id for b in node.bases if isinstance(b, ast.Name) and b.id in imports and b.id != node.name]
        base = self.reference(bases[0], imports) if bases else None
        properties = {}
        for part in ast.walk(methods["get_field_deserializers"]):
            if isinstance(part, ast.Dict):
                for key, reader in zip(part.keys, part.values):
                    spelling = self.property(name, key.value, reader, imports)
                    if spelling:
                        properties[key.value] = spelling
        return base, properties, self.kinds(methods["create_from_discriminator_value"], imports)

    def property(self, owner, key, reader, imports):
        """How a property's type is spelt; nothing, if it is one of those that are left out."""
        plain_only = owner in self.rules.plain_only and f"{owner}.{key}" not in self.rules.kept
        for name, call in calls(reader):
            if not name.startswith("get_") or (isinstance(call.func.value, ast.Name) and call.func.value.id != "n"):
                continue
            if name in PRIMITIVES:
                spelling = PRIMITIVES[name]
            elif name == "get_collection_of_primitive_values":
                return f"[{PRIMITIVE_CLASSES[ast.unparse(call.args[0])]}]"
            elif name in ("get_enum_value", "get_object_value"):
                if plain_only and name == "get_object_value":
                    return None
                spelling = self.reference(call.args[0].id, imports)
            elif name in ("get_collection_of_object_values", "get_collection_of_enum_values"):
                if plain_only and name == "get_collection_of_object_values":
                    return None
                return f"[{self.reference(call.args[0].id, imports)}]"
            else:
                raise ValueError(f"{owner}.{key} is read by {name}")
            never_null = f"{owner}.{key}" in self.rules.never_null or owner in self.rules.never_null
            return spelling if never_null else f"{spelling}?"
        raise ValueError(f"{owner}.{key} is not read")

    @staticmethod
    def kinds(method, imports):
        found = {}
        for node in ast.walk(method):
            if isinstance(node, ast.If):
                tag = next((c.value for c in ast.walk(node.test) if isinstance(c, ast.Constant)
                            and isinstance(c.value, str) and re.match(r"#microsoft\.graph\.", c.value)), None)
                made = next((r.value.func.id for r in node.body if isinstance(r, ast.Return)
                             and isinstance(r.value, ast.Call)), None)
                # The same name in another namespace is another type.
                if made and tag == f"#microsoft.graph.{graph_name(made)}":
                    found[tag] = (made, imports)
        return found
