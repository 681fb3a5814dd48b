// The words of the languages, loaded when somebody speaks them.

/** One import for each: a bundler splits by what it can read. */
const files: Record<string, () => Promise<{ wording: string }>> = {
  de: () => import("./wording-de.ts"),
  en: () => import("./wording-en.ts"),
  es: () => import("./wording-es.ts"),
  fr: () => import("./wording-fr.ts"),
  ja: () => import("./wording-ja.ts"),
};

/** The file for a locale such as `de-CH`, as JSON: of its language, else of English. */
export async function wordingFile(locale: string): Promise<string> {
  const [language = ""] = String(locale).toLowerCase().split(/[-_]/);
  const load = Object.hasOwn(files, language) ? files[language] : files.en;
  return (await load?.())?.wording ?? "";
}
