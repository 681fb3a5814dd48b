// Requests by the fetch of every Node: it is used in a way of its own, and is another one in each. The tests are those of
// tests/js, which are run by the Node of the checkout otherwise.

import { test } from "node:test";
import { nodes } from "./places/programs.mjs";

for (const { runtime, missing, run } of nodes) {
  test(`requests by the fetch of ${runtime} pass their tests`, { skip: missing && `not run: ${missing}` }, () =>
    run(["--test", "--test-reporter=spec", "--test-reporter-destination=stderr", "tests/js/own-fetch.test.mjs"]),
  );
}
