// Shows what is being done and for how long, on stderr: one live line on a terminal; elsewhere a line now and then,
// so that a log shows life. Several tasks can be under way at once. Output of commands goes through `print`.

const live = process.stderr.isTTY === true && process.env.TERM !== "dumb";
const redrawMs = 150;
const heartbeatMs = 20_000;
/** Shorter tasks get no opening line in a log, only the closing one. */
const shortMs = 1_000;

const active = new Set();
let timer;
let drawn = false;

/** Begins a task; `expected` says how long it takes. `end` closes it with a line, or silently without one. */
export function begin(label, expected) {
  const task = { label, expected, detail: "", started: performance.now(), nextLine: performance.now() + shortMs };
  active.add(task);
  timer ??= setInterval(live ? draw : beat, live ? redrawMs : shortMs).unref();
  if (live) draw();
  return {
    update(detail) {
      task.detail = detail;
    },
    end(outcome) {
      active.delete(task);
      if (active.size === 0) {
        clearInterval(timer);
        timer = undefined;
      }
      if (outcome) print(`${label}: ${outcome}${elapsed(task, ", ")}\n`);
      else erase();
    },
  };
}

/** Writes whole lines above the live line. */
export function print(text, stream = process.stderr) {
  erase();
  stream.write(text);
  if (live && active.size > 0) draw();
}

/** Gives the terminal back, for a program that takes it over. */
export function erase() {
  if (drawn) process.stderr.write("\r\x1b[K");
  drawn = false;
}

function draw() {
  const text = [...active].map(describe).join(" · ");
  const width = Math.max(20, (process.stderr.columns || 80) - 1);
  process.stderr.write(`\r\x1b[K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
  drawn = true;
}

function beat() {
  const now = performance.now();
  for (const task of active) {
    if (now < task.nextLine) continue;
    task.nextLine = now + heartbeatMs;
    process.stderr.write(`${describe(task)}\n`);
  }
}

function describe(task) {
  const progress = `${task.label} … ${task.detail}${elapsed(task, task.detail ? ", " : "")}`.trimEnd();
  return task.expected ? `${progress} (takes ${task.expected})` : progress;
}

/** Empty for the first second, to keep quick steps quiet. */
function elapsed(task, separator) {
  const seconds = (performance.now() - task.started) / 1000;
  return seconds < 1 ? "" : `${separator}${Math.round(seconds)} s`;
}
