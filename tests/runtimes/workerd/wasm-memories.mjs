// The memory of the WebAssembly modules, which the package does not show: imported before it, this sees what it instantiates.

const instances = [];
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(target, parameters) {
    const instance = new target(...parameters);
    instances.push(instance);
    return instance;
  },
});

/** Bytes. */
export const wasmMemories = () =>
  instances.reduce((total, { exports }) => total + (exports.memory?.buffer.byteLength ?? 0), 0);
