"""Runs every `test_…` of the modules named on the command line, one after the other; prints a line of JSON for each."""

import asyncio
import importlib
import inspect
import json
import sys
import time
import traceback


async def run(names):
    failed = False
    for name in names:
        module = importlib.import_module(name)
        # In the order in which they are written.
        tests = [f for n, f in vars(module).items() if n.startswith("test_") and inspect.isfunction(f)]
        for function in tests:
            began = time.monotonic()
            said = None
            try:
                outcome = function()
                if inspect.isawaitable(outcome):
                    await outcome
            except BaseException:
                failed = True
                said = traceback.format_exc()
            line = {"test": f"{name}.{function.__name__}", "seconds": round(time.monotonic() - began, 2), "failed": said}
            print(json.dumps(line), flush=True)
    return failed


sys.exit(asyncio.run(run(sys.argv[1:])))
