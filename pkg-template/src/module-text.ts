// The text of a WebAssembly module → its bytes, with nothing but the language: sandboxes lack `atob` and `Buffer`. Not
// base64: there no two equal runs of bytes look alike, and a compressor of the page or the package finds little. Here each
// byte is a letter of its own, or two where it is rare; the build (scripts/build/module-text.mjs) chooses which.

/** A module as the build writes it. */
interface ModuleText {
  /** How many bytes it has. */
  length: number;
  /** All letters. The last two stand before a second one. */
  letters: string;
  /** All bytes in hexadecimal, in the order of the letters that stand for them. */
  order: string;
  /** The module. */
  text: string;
}

/** The bytes of a module. The text comes from our own build: what is no letter is not looked for. */
export function decodeModule({ length, letters, order, text }: ModuleText): Uint8Array<ArrayBuffer> {
  const singles = letters.length - 2;
  const bytes = new Uint8Array(length);
  const place = new Uint8Array(128);
  for (let index = 0; index < letters.length; index++) place[letters.charCodeAt(index)] = index;
  const byteAt = Uint8Array.from(order.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  let read = 0;
  for (let write = 0; write < length; write++) {
    let index = place[text.charCodeAt(read++)] as number;
    if (index >= singles) {
      index = singles + (index - singles) * letters.length + (place[text.charCodeAt(read++)] as number);
    }
    bytes[write] = byteAt[index] as number;
  }
  return bytes;
}
