// NQL, playbooks, scans and directories without a client. A file of its own in the package: what it needs at once, a client loads only when it
// needs it, and bundlers keep the two apart by files.

export { createDirectory, Directory } from "./directory.ts";
export { nql } from "./nql-text.ts";
export { playbooks } from "./playbooks.ts";
export { scan } from "./scan.ts";
