// Runs every test of the modules named on the command line, one after the other; prints a line of JSON for each.

let failed = false;
for (const name of process.argv.slice(2)) {
  const { tests } = await import(`./${name}.mjs`);
  for (const [test, run] of Object.entries(tests)) {
    const began = performance.now();
    let said = null;
    try {
      await run();
    } catch (error) {
      failed = true;
      said = `${error.stack ?? error}`;
    }
    const seconds = Number(((performance.now() - began) / 1000).toFixed(2));
    console.log(JSON.stringify({ test: `${name}: ${test}`, seconds, failed: said }));
  }
}
process.exit(failed ? 1 : 0);
