// How Markdown files become pages of the site: in which order, under which names, in which groups.

/** As a reader comes across them: first what everybody needs, then what some do, then what is behind it. */
const first = [
  ...["getting-started", "six-steps", "conversation", "consent-and-safety", "playbooks", "proactive"],
  ...["language-models", "low-code", "deployment", "operations", "errors", "events", "simulator"],
  ...["privacy", "threat-model", "how-it-works", "compatibility"],
].map((name) => `${name}.md`);

/** Pages of the guide in their order; one that is not known comes last. */
export function order(files) {
  const place = (file) => (first.includes(file) ? first.indexOf(file) : first.length);
  return files.toSorted((one, other) => place(one) - place(other));
}

/**
 * Tells TypeDoc how pages are called, by their headings, and where they stand; and modules by what is imported.
 * @param {Record<string, string>} groups the group of each file, in the order in which TypeDoc reads them
 */
export function inSite(app, groups, { Converter, ReflectionKind }) {
  const left = Object.values(groups);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context, page) => {
    const [, title] = /^# (.+)$/m.exec(page.content[0]?.text ?? "") ?? [];
    if (title) page.name = title;
    page.frontmatter.group = left.shift();
  });
  // The site has the project's name above it already.
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const [beginning] = project.readme;
    beginning.text = beginning.text.replace(/^# .*\n/, "");
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_context, made) => {
    if (!made.kindOf(ReflectionKind.Module)) return;
    made.name = made.name === "index" ? "nexthink-chatbot" : `nexthink-chatbot/${made.name}`;
  });
}
