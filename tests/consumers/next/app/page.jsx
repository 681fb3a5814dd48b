"use client";

import { useEffect } from "react";
import { run } from "../../app/whole.mjs";

/** The application in the page, too: `told` is there once React has taken over. */
export default function Page() {
  useEffect(() => {
    globalThis.told = run().then(JSON.stringify, (error) => `failed: ${error.stack}`);
  }, []);
  return <main>An application</main>;
}
