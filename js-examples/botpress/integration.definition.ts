export { default } from "./src/definition.mjs";
