// Texts and their UTF-8 bytes where the runtime has neither `TextEncoder` nor `TextDecoder`, as the sandboxes of low-code
// platforms (`text-globals.ts` chooses). As the Encoding Standard has them, for UTF-8 and whole texts.

/** What a byte or a surrogate becomes that stands for nothing. */
const replacement = 0xfffd;

/** So many code points become text at once: more would be too many arguments. */
const together = 4_096;

export class OwnTextEncoder {
  readonly encoding = "utf-8";

  encode(text = ""): Uint8Array<ArrayBuffer> {
    const room = new Uint8Array(text.length * 3);
    return room.slice(0, this.encodeInto(text, room).written);
  }

  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    let [read, written] = [0, 0];
    while (read < text.length) {
      const found = text.codePointAt(read) as number;
      const code = found >= 0xd800 && found <= 0xdfff ? replacement : found;
      const more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x1_0000 ? 2 : 3;
      if (written + more >= bytes.length) break;
      bytes[written++] = more === 0 ? code : (leading[more] as number) | (code >> (6 * more));
      for (let left = more - 1; left >= 0; left--) bytes[written++] = 0x80 | ((code >> (6 * left)) & 0x3f);
      read += code < 0x1_0000 ? 1 : 2;
    }
    return { read, written };
  }
}

/** How the first byte begins that so many others follow. */
const leading = [0, 0xc0, 0xe0, 0xf0];

export class OwnTextDecoder {
  readonly encoding = "utf-8";
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(_label = "utf-8", { fatal = false, ignoreBOM = false }: TextDecoderOptions = {}) {
    this.fatal = fatal;
    this.ignoreBOM = ignoreBOM;
  }

  decode(input: AllowSharedBufferSource = new Uint8Array()): string {
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    let text = "";
    let codes: number[] = [];
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    for (let at = hasMark && !this.ignoreBOM ? 3 : 0; at < bytes.length; ) {
      const [code, next] = character(bytes, at);
      if (code === undefined && this.fatal) throw new TypeError("The encoded data was not valid for encoding utf-8");
      codes.push(code ?? replacement);
      at = next;
      if (codes.length === together) {
        text += String.fromCodePoint(...codes);
        codes = [];
      }
    }
    return text + String.fromCodePoint(...codes);
  }
}

/** The character at a place, or nothing where there is none, and the place after it. */
function character(bytes: Uint8Array, at: number): [code: number | undefined, next: number] {
  const first = bytes[at] as number;
  if (first < 0x80) return [first, at + 1];
  if (first < 0xc2 || first > 0xf4) return [undefined, at + 1];
  const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  let code = first & (0x3f >> more);
  // The second byte rules out what could be written shorter, surrogates, and what is beyond the last character.
  let [least, most] = seconds[first] ?? [0x80, 0xbf];
  for (let place = at + 1; place <= at + more; place++) {
    const byte = bytes[place];
    if (byte === undefined || byte < least || byte > most) return [undefined, place];
    code = (code << 6) | (byte & 0x3f);
    [least, most] = [0x80, 0xbf];
  }
  return [code, at + more + 1];
}

/** What may follow a first byte, where that is not every byte that may follow one. */
const seconds: Record<number, [least: number, most: number]> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};
