// A WebAssembly module as text that a JavaScript file can hold and a compressor still sees through: the counterpart of
// pkg-template/src/module-text.ts.

/**
 * Printable ASCII, which is the same in every charset, without what strings and templates escape, and without `<`, so that
 * no `</script>` can come about.
 */
const letters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((letter) => !'"\\$`<'.includes(letter))
  .join("");

/**
 * @param {Uint8Array} bytes
 * @returns what `decodeModule` takes
 */
export function moduleText(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  const order = [...counts.keys()].sort((one, other) => counts[other] - counts[one] || one - other);
  const singles = letters.length - 2;
  const written = [];
  for (const [index, byte] of order.entries()) {
    const rest = index - singles;
    written[byte] =
      rest < 0 ? letters[index] : letters[singles + Math.floor(rest / letters.length)] + letters[rest % letters.length];
  }
  return {
    length: bytes.length,
    letters,
    order: Buffer.from(order).toString("hex"),
    text: Array.from(bytes, (byte) => written[byte]).join(""),
  };
}
