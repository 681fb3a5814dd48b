// Stops with one line on a Node that is too old. Every entry script imports it first, before anything newer runs.

const oldest = 20;

if (Number(process.versions.node.split(".")[0]) < oldest) {
  console.error(`error: Node ${oldest} or later is needed, this is ${process.version}: https://nodejs.org`);
  process.exit(1);
}
