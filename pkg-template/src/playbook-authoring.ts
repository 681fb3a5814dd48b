// Playbooks for those who write them: check, test, compile, and what has to be in a tenant for them. The authoring module
// does all of it.

import { authoring, startAuthoring } from "./authoring.ts";
import { askAuthoring } from "./authoring-call.ts";
import { encodeText } from "./encode.ts";
import type { ContentOptions, TenantContent } from "./generated/tenant.ts";
import type { Playbook, PlaybookDiagnostic, PlaybookTestRun, PlaybookTests } from "./generated/types.ts";

/** The query of a playbook whose file does not hold it. */
export interface PlaybookQueryText {
  /** The NQL, as the `.nql` file beside the playbook has it. */
  query?: string;
}

export function checkPlaybook(playbook: Playbook | string, source?: PlaybookQueryText): PlaybookDiagnostic[] {
  return ask("checkPlaybook", { playbook, ...source });
}

export function testPlaybook(
  playbook: Playbook | string,
  tests: PlaybookTests | string,
  source?: PlaybookQueryText,
): PlaybookTestRun {
  return ask("testPlaybook", { playbook, tests, ...source });
}

export function contentData(options: ContentOptions): TenantContent {
  return ask("content", { options });
}

export function contentMarkdown(options: ContentOptions): string {
  return ask("contentMarkdown", { options });
}

/** A playbook compiled, as the modules read it. */
export function compiled(playbook: Playbook): Uint8Array {
  return encodeText(ask("compilePlaybooks", { playbooks: [playbook] }));
}

function ask<Answer>(name: keyof typeof authoring, input: unknown): Answer {
  return askAuthoring({ authoring, startAuthoring }, name, input);
}
