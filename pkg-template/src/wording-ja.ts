// The words of a language. A file of its own in the package: only those who speak it load it.

export { default as wording } from "wording:ja";
