// What a kit's own types say of the adapters, as TypeScript reads them where the kit is installed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const checkout = createRequire(join(process.env.CHECKOUT, "package.json"));
const compiler = join(dirname(checkout.resolve("typescript/package.json")), "bin", "tsc");

/** What a user writes with each kit. */
const programs = {
  "ai-sdk": `
    import { generateText, type LanguageModel, stepCountIs, ToolLoopAgent } from "ai";
    import { forAiSdk } from "nexthink-chatbot/language-models";
    export async function talk(model: LanguageModel) {
      const tools = forAiSdk(list);
      new ToolLoopAgent({ model, tools });
      const { content } = await generateText({ model, prompt: "hello", tools, stopWhen: stepCountIs(8) });
      for (const part of content) if (part.type === "tool-approval-request") console.log(part.toolCall.input);
    }`,
  "ai-sdk-7": `
    import { generateText, type LanguageModel } from "ai-7";
    import { forAiSdk } from "nexthink-chatbot/language-models";
    export const talk = (model: LanguageModel) => generateText({ model, prompt: "hello", tools: forAiSdk(list) });`,
  "open-ai-responses": `
    import { forOpenAiResponses } from "nexthink-chatbot/language-models";
    import OpenAI from "openai";
    export async function talk(client: OpenAI, input: OpenAI.Responses.ResponseInput) {
      const { tools, run } = forOpenAiResponses(list);
      const { output } = await client.responses.create({ model: "m", input, tools });
      for (const item of output) if (item.type === "function_call") input.push(item, await run(item));
    }`,
  "open-ai-agents": `
    import { Agent, tool } from "@openai/agents";
    import { forOpenAiAgents } from "nexthink-chatbot/language-models";
    export const agent = new Agent({ name: "Desk", tools: forOpenAiAgents(list).map((options) => tool(options)) });`,
  "lang-chain": `
    import { tool } from "@langchain/core/tools";
    import { interrupt, MemorySaver } from "@langchain/langgraph";
    import { createAgent } from "langchain";
    import { forLangChain } from "nexthink-chatbot/language-models";
    const tools = forLangChain(list, { interrupt }).map(([run, fields]) => tool(run, fields));
    export const agent = createAgent({ model: "openai:m", tools, checkpointer: new MemorySaver() });`,
};

for (const [kit, program] of Object.entries(programs)) {
  test(`the adapter fits the types of the kit: ${kit}`, () => {
    const file = join(here, `${kit}.types.mts`);
    const list = `import type { Tool } from "nexthink-chatbot";\ndeclare const list: Tool[];\n`;
    writeFileSync(file, `${list}${program}\n`);
    const options = { strict: true, noEmit: true, target: "es2022", module: "nodenext", skipLibCheck: true };
    // Only the kits' types may use what the package's must not.
    const types = { types: ["node"], typeRoots: [dirname(dirname(checkout.resolve("@types/node/package.json")))] };
    const configuration = join(here, `${kit}.types.json`);
    writeFileSync(configuration, JSON.stringify({ compilerOptions: { ...options, ...types }, files: [file] }));
    try {
      execFileSync(process.execPath, [compiler, "-p", configuration], { encoding: "utf8" });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });
}
