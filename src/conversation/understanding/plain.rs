//! Text as it is compared: in small letters, without accents, apostrophes, hyphens and other signs, words one space
//! apart. Typed on a phone, much of that is left out anyway.

/// The plain form of a text.
pub fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().map(narrow).flat_map(char::to_lowercase) {
        match letter {
            '\'' | '’' | 'ʼ' | '`' | '´' | '-' | '‐' | '‑' | '\u{300}'..='\u{36f}' => {}
            _ if letter.is_alphanumeric() => match base(letter) {
                Some(base) => plain.push_str(base),
                None => plain.push(letter),
            },
            _ if !plain.is_empty() && !plain.ends_with(' ') => plain.push(' '),
            _ => {}
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Whether a text is written without spaces between its words.
pub fn has_no_spaces(text: &str) -> bool {
    text.chars()
        .any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'))
}

/// Japanese keyboards write letters and digits as wide as a syllable.
fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '　' => ' ',
        _ => letter,
    }
}

const fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_signs_and_wide_letters_do_not_count() {
        for (text, expected) in [
            ("  Don’t, PLEASE!  ", "dont please"),
            ("E-Mail", "email"),
            ("synchronisé à Œuvre", "synchronise a oeuvre"),
            ("Größe", "grosse"),
            ("Ｏｕｔｌｏｏｋ　１！", "outlook 1"),
            ("メールが、遅い。", "メールが 遅い"),
            ("?!…", ""),
            ("a\u{301}", "a"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn japanese_is_known_by_its_letters() {
        assert!(has_no_spaces("メール") && has_no_spaces("遅い") && has_no_spaces("outlookが"));
        assert!(!has_no_spaces("outlook") && !has_no_spaces("größe"));
    }
}
