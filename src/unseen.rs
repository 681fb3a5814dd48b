//! The characters of a text that nobody sees: they hide words from people that machines read, turn the direction of what
//! follows, or keep two words from being the same. The one list of them; what becomes of them, its users decide.

/// What shows nothing, wherever it stands: also letters, marks and symbols, by what Unicode calls them.
pub const UNSEEN: [(char, char); 20] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffc}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// What joins letters or chooses how one looks, and shows nothing by itself. Emoji and several scripts are written with it.
pub const JOINING: [(char, char); 4] =
    [('\u{180b}', '\u{180d}'), ('\u{180f}', '\u{180f}'), ('\u{200c}', '\u{200d}'), ('\u{fe00}', '\u{fe0f}')];

/// Whether a character shows nothing, wherever it stands.
pub fn is_unseen(letter: char) -> bool {
    is_in(&UNSEEN, letter)
}

/// Whether a character only joins others or chooses how one looks.
pub fn is_joining(letter: char) -> bool {
    is_in(&JOINING, letter)
}

fn is_in(ranges: &[(char, char)], letter: char) -> bool {
    !letter.is_ascii() && ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}
