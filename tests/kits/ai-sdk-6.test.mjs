// The Vercel AI SDK 6.

import * as ai from "ai";
import * as mocks from "ai/test";
import { testAiSdk } from "./ai-sdk-conformance.mjs";

testAiSdk("AI SDK 6", { ...ai, ...mocks }, "ai");
