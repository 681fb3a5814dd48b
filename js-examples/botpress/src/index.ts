export { default } from "./integration.mjs";
