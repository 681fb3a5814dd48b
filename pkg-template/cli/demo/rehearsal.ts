// Whether the demo would work, without a browser: everything that the page loads is there and comes from the same place,
// and its conversations go from the complaint to a solved problem, with the page's own modules.

import { policy } from "./server.ts";

/** The page's modules, as far as they are played here. */
interface DemoModules {
  words: Record<string, { complaints: Record<string, string> }>;
  usual: string;
  openStage(given: object): Stage;
  converse(stage: Stage, given: object): { say(reply: object): boolean; end(): void };
}

interface Stage {
  tenant: { requests: { path: string }[]; credentials: { clientSecret: string } };
}

interface ShownTurn {
  status: string;
  expects: string;
  resumeAfterMs?: number;
  messages: { choices: { id: string }[] }[];
}

/**
 * @param url where the page is served
 * @param tell takes a line for each thing that was looked at
 * @returns what is wrong
 */
export async function rehearse(url: string, tell: (line: string) => void): Promise<string[]> {
  const mistakes: string[] = [];
  const loaded = await loadAll(url, mistakes);
  tell(`The page at ${url} loads ${loaded} files.`);
  const [{ words }, { openStage, usual }, { converse }] = await Promise.all([
    load("words.mjs"),
    load("stage.mjs"),
    load("conversation.mjs"),
  ]);
  for (const [locale, { complaints }] of Object.entries(words)) {
    for (const text of Object.values(complaints)) {
      const end = await play({ openStage, converse }, { username: usual, locale, text });
      tell(`${locale}: “${text}” is ${end.status}; requests that triggered a remote action: ${end.triggers}`);
      if (end.status !== "solved" || end.triggers !== 1) mistakes.push(`${locale}: “${text}”: ${JSON.stringify(end)}`);
      if (end.isSecretShown) mistakes.push(`${locale}: “${text}”: a secret is shown`);
    }
  }
  return mistakes;
}

const load = (name: string): Promise<DemoModules> => import(new URL(`../demo/${name}`, import.meta.url).href);

/** Follows what a browser would load. @returns how many files that are */
async function loadAll(url: string, mistakes: string[]): Promise<number> {
  const { origin } = new URL(url);
  const waiting = [url];
  const seen = new Set(waiting);
  for (const address of waiting) {
    if (new URL(address).origin !== origin) {
      mistakes.push(`the page loads ${address}, which is elsewhere`);
      continue;
    }
    const response = await fetch(address);
    if (response.status !== 200) mistakes.push(`${address} is answered with ${response.status}`);
    if (response.headers.get("content-security-policy") !== policy) mistakes.push(`${address} has another policy`);
    for (const reference of references(response.headers.get("content-type") ?? "", await response.text())) {
      const next = new URL(reference, address).href;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return seen.size;
}

/** What a file loads, by its type. */
function references(type: string, text: string): string[] {
  const pattern = type.startsWith("text/html")
    ? /<(?:script|link|img)\b[^>]*?\s(?:src|href)="([^"]+)"/g
    : type.startsWith("text/css")
      ? /url\("?([^")]+)"?\)|@import "([^"]+)"/g
      : type.startsWith("text/javascript")
        ? /^(?:import|export)\b[^;"'`]*?"(\.[^"]+)";|\bimport\("(\.[^"]+)"\)/gm
        : undefined;
  return pattern ? [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? "") : [];
}

interface End {
  status: string;
  triggers: number;
  isSecretShown: boolean;
}

/** Says yes to everything until nothing is asked any more. */
function play(
  { openStage, converse }: Pick<DemoModules, "openStage" | "converse">,
  { username, locale, text }: { username: string; locale: string; text: string },
): Promise<End> {
  const shown: object[] = [];
  const stage = openStage({
    username,
    locale,
    speed: Number.POSITIVE_INFINITY,
    tell: (event: object) => shown.push(event),
  });
  return new Promise((resolve, reject) => {
    const conversation = converse(stage, {
      beat: 0,
      show(turn: ShownTurn) {
        if (turn.resumeAfterMs !== undefined) return;
        const [choice] = turn.messages.flatMap(({ choices }) => choices);
        // Taken when the turn is there as a whole.
        if (choice && turn.expects === "choice") queueMicrotask(() => conversation.say({ choice: choice.id }));
        else resolve(endOf(turn, stage, shown));
      },
      busy() {},
      fail: reject,
    });
    conversation.say({ text });
  });
}

function endOf({ status }: ShownTurn, { tenant }: Stage, shown: object[]): End {
  const { clientSecret } = tenant.credentials;
  const told = JSON.stringify(shown);
  const bearer = /Bearer (?!•)|"access_token\\*": *\\*"(?!•)/;
  return {
    status,
    triggers: tenant.requests.filter(({ path }) => path.endsWith("/act/execute")).length,
    isSecretShown: told.includes(clientSecret) || told.includes(btoa(clientSecret)) || bearer.test(told),
  };
}
