// The scenario in a browser, in a page or a worker, which know no packages by name. What came of it is posted to the server
// that the files came from.

export async function report() {
  try {
    const [main, simulator, { scenario }, { vectors }] = await Promise.all([
      import("/node_modules/nexthink-chatbot/index.mjs"),
      import("/node_modules/nexthink-chatbot/simulator.mjs"),
      import("../scenario.mjs"),
      import("../vectors.mjs"),
    ]);
    await post("/said", await scenario({ main, simulator }, vectors));
  } catch (error) {
    await post("/failed", `${error}\n${error?.hint ?? ""}\n${error?.stack}`);
  }
}

const post = (path, body) => fetch(path, { method: "POST", body });
