// Text for platforms of which nobody knows what their channels make of it: Markdown in one, HTML in the next, nothing in a
// third. Escapes would be seen where nothing is marked up, so that what could begin markup gives way to what looks like it.

/** A text of which no channel makes a link, a mention, a tag, emphasis, a list or a reference to a parameter. */
export function harmless(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
      .replace(/[*`[\]<>|~@{}]/g, (character) => alike[character] ?? character)
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "＿")
      .replace(/:(?=\/\/)/g, "：")
      .replace(/\b(?:www|ftp)\./gi, (start) => `${start.slice(0, -1)}․`)
      // A domain is found without any of that; a space of no width is not seen in a file's name.
      .replace(/(?<=\S)\.(?=\p{L})/gu, ".\u200b")
      .replace(/\b(mailto|tel|javascript|data):/gi, "$1：")
      .replace(/\$(?=\w)/g, "＄")
      .replace(/^(\s*)([#+=-]|\d+[.)])(?=\s|#)/, (_, space: string, mark: string) => `${space}${wide(mark)}`)
  );
}

const alike: Record<string, string> = {
  "*": "∗",
  "`": "ˋ",
  "[": "［",
  "]": "］",
  "<": "‹",
  ">": "›",
  "|": "¦",
  "~": "∼",
  "@": "＠",
  "{": "｛",
  "}": "｝",
};

/** The same in the wide forms of East Asian typography. */
function wide(mark: string): string {
  return mark.replace(/[#+=\-.)]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}
