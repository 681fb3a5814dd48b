// One at a time: a lock file that two processes (or two checkouts that share a cache) agree on. It is released when its
// holder ends in any way that runs code; one whose holder was killed is recognised as stale and taken over.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "./failure.mjs";
import { begin } from "./progress.mjs";

const heartbeatMs = 5_000;
/** Without a heartbeat for this long, a lock of another machine (or of a reused process id) is stale. */
const staleMs = 60_000;

/** Runs an action while holding the lock; `what` names the work for whoever has to wait. */
export async function withLock(file, what, action) {
  const own = JSON.stringify({ pid: process.pid, host: hostname() });
  await acquire(file, own, what);
  const release = () => {
    if (read(file) === own) rmSync(file, { force: true });
  };
  const heartbeat = setInterval(() => touch(file), heartbeatMs).unref();
  process.on("exit", release);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

async function acquire(file, own, what) {
  let waiting;
  while (!create(file, own)) {
    const holder = read(file);
    if (holder !== undefined && isStale(file, holder)) {
      steal(file, holder);
      continue;
    }
    waiting ??= begin(`waiting for another process to finish ${what}`);
    await sleep(200);
  }
  waiting?.end();
}

function create(file, own) {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw unwritable(file, error);
  }
  try {
    writeFileSync(file, own, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw unwritable(file, error);
  }
}

const unwritable = (file, { code }) =>
  new Failure(`${dirname(file)} cannot be written (${code}): make it writable (XDG_CACHE_HOME moves the cache)`);

function isStale(file, holder) {
  try {
    if (Date.now() - statSync(file).mtimeMs > staleMs) return true;
    const { pid, host } = JSON.parse(holder);
    return host === hostname() && !isAlive(pid);
  } catch {
    // Released meanwhile, or being written just now.
    return false;
  }
}

/** Renames before removing, so that of two processes which saw the same stale lock only one takes it. */
function steal(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Somebody was faster, and this is already the new holder's.
    if (read(aside) !== holder) writeFileSync(file, read(aside) ?? "", { flag: "wx" });
  } catch {
    // Gone or taken: the loop looks again.
  }
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Removed by hand: nothing to keep alive.
  }
}
