"""Writes the contracts beside this folder from Microsoft's own client packages for Python.

    python3 crates/tenant/contracts/generate [--check] [--wheels FOLDER]

The packages (85 MB, pinned with their hashes) are fetched by pip into FOLDER, `target/contracts` if not given, unless they are
there already. They are read as text and never run. `--check` writes nothing and fails where a contract would change.
"""

import argparse
import glob
import os
import subprocess
import sys
import zipfile

import autorest
import kiota
import rules
from form import Contract

HERE = os.path.dirname(os.path.abspath(__file__))


def fetch(folder):
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([*pip, "--dest", folder, "--requirement", os.path.join(HERE, "requirements.txt")], check=True)


def requirements():
    with open(os.path.join(HERE, "requirements.txt"), encoding="utf-8") as file:
        return dict(line.split()[0].split("==") for line in file if line.strip() and not line.startswith("#"))


def opened(folder, package, version):
    (file,) = glob.glob(os.path.join(folder, f"{package.replace('-', '_')}-{version}-*.whl"))
    return zipfile.ZipFile(file)


def graph(service, package, top, folders, versions, wheels):
    contract = Contract(service, f"{package} {versions[package]}")
    source = kiota.Package(opened(wheels, package, versions[package]), f"{top}/generated")
    reader = kiota.Reader(source, contract, rules.Graph)
    for folder, deep in folders:
        for file in source.builders(folder):
            if deep or os.path.dirname(file) == f"{top}/generated/{folder}":
                reader.read_builder(file, rules.graph_path)
                if folder.startswith("users/item"):
                    # The client asks for somebody with a special name and writes `me` over it.
                    reader.read_builder(file, rules.graph_path, lambda path: path.replace("/users/{user-id}", "/me"))
    reader.reference("ODataError", {"ODataError": f"{top}/generated/models/o_data_errors/o_data_error.py"})
    return contract


def azure(name, package, folder, pattern, versions, wheels):
    contract = Contract(f"arm/{name.removeprefix('arm-').partition('-')[2]}", f"{package} {versions[package]}")
    reader = autorest.Reader(opened(wheels, package, versions[package]), folder, contract, rules.AZURE_RECORDED,
                             rules.AZURE_KINDS)
    reader.read_operations(lambda verb, path: bool(rules.re.search(pattern, f"{verb} {path}")))
    for _, described, served in (entry for entry in rules.AZURE_EVERYWHERE if entry[0] == name):
        contract.paths[served] = contract.paths[described]
    for _, path, operation in (entry for entry in rules.AZURE_OPERATIONS if entry[0] == name):
        contract.paths[path]["post"]["answers"] = {"202": reader.type(operation)}
    if rules.AZURE_ERROR[0] == name:
        reader.type(rules.AZURE_ERROR[1])
    return contract


def main():
    parser = argparse.ArgumentParser(prog="generate")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--wheels", default=os.path.join(HERE, "../../../../target/contracts"))
    asked = parser.parse_args()
    fetch(asked.wheels)
    versions = requirements()
    contracts = {
        "graph-v1.0": graph("graph/v1.0", "msgraph-sdk", "msgraph", rules.GRAPH_V1, versions, asked.wheels),
        "graph-beta": graph("graph/beta", "msgraph-beta-sdk", "msgraph_beta", rules.GRAPH_BETA, versions, asked.wheels),
    }
    for name, package, folder, pattern in rules.AZURE:
        contracts[name] = azure(name, package, folder, pattern, versions, asked.wheels)
    changed = []
    for name, contract in contracts.items():
        path = os.path.join(HERE, "..", f"{name}.json")
        text = contract.text()
        before = open(path, encoding="utf-8").read() if os.path.exists(path) else None
        if text != before:
            changed.append(name)
            if not asked.check:
                with open(path, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
    if asked.check and changed:
        sys.exit(f"these contracts are not what the packages say: {', '.join(changed)}")
    print(f"{len(contracts)} contracts, {len(changed)} changed")


main()
