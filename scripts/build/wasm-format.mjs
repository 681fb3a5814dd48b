// How a WebAssembly file is written: numbers, texts and sections (https://webassembly.github.io/spec/core/binary/).

export const headerLength = 8;

export const section = { custom: 0, import: 2, memory: 5, code: 10 };

/** The sections in their order: which one, and where it and its content begin and end. @param {Buffer} wasm */
export function* sectionsOf(wasm) {
  let start = headerLength;
  while (start < wasm.length) {
    const [size, content] = readNumber(wasm, start + 1);
    const end = content + size;
    yield { id: wasm[start], start, content, end };
    start = end;
  }
}

/** LEB128: seven bits a byte, the last one without the high bit. @returns {[number, number]} it, and where it ends */
export function readNumber(bytes, start) {
  let number = 0;
  let position = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[position];
    position += 1;
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [number, position];
  }
}

/** @returns {[string, number]} the text, and where it ends */
export function readText(bytes, start) {
  const [length, begin] = readNumber(bytes, start);
  return [bytes.toString("utf8", begin, begin + length), begin + length];
}

export function writtenNumber(number) {
  const bytes = [];
  for (let rest = number; ; rest >>>= 7) {
    bytes.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 0x80) return Buffer.from(bytes);
  }
}

export function writtenText(value) {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([writtenNumber(bytes.length), bytes]);
}
