// Written from src/unseen.rs by `npm run generate`. Do not edit.

/** What nobody sees in a text, and what shows nothing by itself. */
export const unseen =
  /[\u{ad}\u{34f}\u{61c}\u{115f}-\u{1160}\u{17b4}-\u{17b5}\u{180e}\u{200b}\u{200e}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{2800}\u{3164}\u{feff}\u{ffa0}\u{fff0}-\u{fffc}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\u{180b}-\u{180d}\u{180f}\u{200c}-\u{200d}\u{fe00}-\u{fe0f}]/gu;
