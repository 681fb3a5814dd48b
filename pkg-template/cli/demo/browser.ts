// Opening the browser of whoever sits at this machine. Where there is none, nothing happens: the address is printed.

import { spawn } from "node:child_process";

/** Opens an address of ours. Not in CI, and not where nobody could see it. */
export function openBrowser(address: string): void {
  const command = commandOf(process.platform, process.env);
  if (!command) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { detached: true, stdio: "ignore" });
  // Whoever has no such program reads the address.
  child.once("error", () => {});
  child.unref();
}

function commandOf(
  platform: string,
  { CI, DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv,
): [string, ...string[]] | undefined {
  if (CI) return undefined;
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["explorer.exe"];
  return DISPLAY || WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
