// `nexthink-chatbot/language-models`: the tools of `nexthink.tools` as each kit takes them. Plain objects: no kit is
// imported. One file per kit.

export { type AiSdkCall, type AiSdkSchema, type AiSdkTool, forAiSdk } from "./language-models/ai-sdk.ts";
export type { ElicitationSubject, ElicitationWords } from "./language-models/elicitation-words.ts";
export {
  forLangChain,
  type LangChainCall,
  type LangChainFields,
  type LangChainInterrupt,
  type LangChainOptions,
  type LangChainTool,
} from "./language-models/lang-chain.ts";
export {
  type ElicitationForm,
  type ElicitingServer,
  forModelContextProtocol,
  type ModelContextProtocolCall,
  type ModelContextProtocolOptions,
  type ModelContextProtocolResult,
  type ModelContextProtocolTool,
  type ModelContextProtocolTools,
} from "./language-models/model-context-protocol.ts";
export { forOpenAiAgents, type OpenAiAgentsTool, type OpenAiRunContext } from "./language-models/open-ai-agents.ts";
export {
  forOpenAiResponses,
  type OpenAiFunctionCall,
  type OpenAiFunctionCallOutput,
  type OpenAiFunctionTool,
  type OpenAiResponsesTools,
} from "./language-models/open-ai-responses.ts";
