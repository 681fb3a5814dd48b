// A page's worker.

import { report } from "./browser.mjs";

report();
