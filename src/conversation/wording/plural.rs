//! Which plural form a number takes, by the rules of Unicode's CLDR, which every locale file holds in CLDR's own syntax:
//! `"one": "i = 0,1 and v = 0"`. The language is that of UTS #35, "Language Plural Rules".

use crate::json::push_digits;

/// The forms that a locale tells apart, each with its rule, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PluralRules(Vec<(Form, Rule)>);

/// A plural form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Zero,
    One,
    Two,
    Few,
    Many,
    /// What no rule takes.
    Other,
}

impl Form {
    const ALL: [(&'static str, Self); 6] = [
        ("zero", Self::Zero),
        ("one", Self::One),
        ("two", Self::Two),
        ("few", Self::Few),
        ("many", Self::Many),
        ("other", Self::Other),
    ];

    /// The form that CLDR calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// What CLDR calls it.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, form)| *form == self).map_or("other", |(name, _)| name)
    }
}

impl PluralRules {
    /// Adds the rule of a form.
    ///
    /// # Errors
    /// What cannot be read, and at which letter of the text, counted from 1.
    pub fn add(&mut self, form: Form, rule: &str) -> Result<(), String> {
        self.0.push((form, Rule::parse(rule)?));
        Ok(())
    }

    /// The form of a number as it is written: digits, at most one point.
    pub fn form(&self, number: &str) -> Form {
        let operands = Operands::of(number);
        self.0.iter().find(|(_, rule)| rule.holds(&operands)).map_or(Form::Other, |(form, _)| *form)
    }

    /// The forms that a message must have.
    pub fn forms(&self) -> impl Iterator<Item = Form> {
        self.0.iter().map(|(form, _)| *form).chain([Form::Other])
    }
}

/// A condition: one of these, of which all relations hold.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule(Vec<Vec<Relation>>);

/// `i % 10 = 2..4, 7`
#[derive(Debug, Clone, PartialEq, Eq)]
struct Relation {
    operand: char,
    modulus: Option<u32>,
    is_negated: bool,
    ranges: Vec<(u32, u32)>,
}

/// What a rule can ask of a number.
#[derive(Debug, Default)]
struct Operands {
    /// Its value.
    n: f64,
    /// Its whole part.
    i: f64,
    /// How many digits are written after the point, and what they are as a number.
    v: f64,
    f: f64,
    /// The same without zeros at the end.
    w: f64,
    t: f64,
}

impl Operands {
    fn of(number: &str) -> Self {
        let digits = number.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let significant = fraction.trim_end_matches('0');
        let value = |text: &str| text.parse().unwrap_or_default();
        let length = |text: &str| f64::from(u32::try_from(text.len()).unwrap_or_default());
        Self {
            n: value(digits),
            i: value(whole),
            v: length(fraction),
            f: value(fraction),
            w: length(significant),
            t: value(significant),
        }
    }

    /// No number is written with an exponent here, so `c` and `e` are 0.
    const fn value(&self, operand: char) -> f64 {
        match operand {
            'n' => self.n,
            'i' => self.i,
            'v' => self.v,
            'f' => self.f,
            'w' => self.w,
            't' => self.t,
            _ => 0.0,
        }
    }
}

impl Rule {
    fn holds(&self, operands: &Operands) -> bool {
        self.0.iter().any(|all| all.iter().all(|relation| relation.holds(operands)))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text, length: text.chars().count() };
        let mut alternatives = vec![Vec::new()];
        loop {
            let relation = parser.relation()?;
            if let Some(all) = alternatives.last_mut() {
                all.push(relation);
            }
            if parser.takes("or") {
                alternatives.push(Vec::new());
            } else if !parser.takes("and") {
                break;
            }
        }
        // CLDR's own files go on with examples: `@integer 1, 21 @decimal 0.1`.
        if parser.rest.is_empty() || parser.rest.starts_with('@') {
            Ok(Self(alternatives))
        } else {
            Err(parser.expected("`and`, `or` or the end"))
        }
    }
}

impl Relation {
    fn holds(&self, operands: &Operands) -> bool {
        let value = operands.value(self.operand);
        let value = self.modulus.map_or(value, |modulus| value % f64::from(modulus));
        // A range is one of whole numbers: 1.5 is not in `1..2`.
        let is_in =
            |(low, high): &(u32, u32)| value.fract() == 0.0 && f64::from(*low) <= value && value <= f64::from(*high);
        self.ranges.iter().any(is_in) != self.is_negated
    }
}

/// What of a rule is still to be read.
struct Parser<'a> {
    rest: &'a str,
    length: usize,
}

impl Parser<'_> {
    fn relation(&mut self) -> Result<Relation, String> {
        self.skip_space();
        let mut letters = self.rest.chars();
        let operand = letters.next().filter(|letter| "nivwftce".contains(*letter));
        let operand = operand.ok_or_else(|| self.expected("one of the operands n, i, v, w, f, t, c and e"))?;
        self.rest = letters.as_str();
        let modulus = match self.takes("%") || self.takes("mod") {
            true => Some(self.number()?).filter(|modulus| *modulus != 0),
            false => None,
        };
        let is_negated = self.takes("!=");
        if !is_negated && !self.takes("=") {
            return Err(self.expected("`=` or `!=`"));
        }
        let mut ranges = Vec::new();
        loop {
            let low = self.number()?;
            let high = if self.takes("..") { self.number()? } else { low };
            ranges.push((low, high));
            if !self.takes(",") {
                return Ok(Relation { operand, modulus, is_negated, ranges });
            }
        }
    }

    fn number(&mut self) -> Result<u32, String> {
        self.skip_space();
        let end = self.rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        let number = digits.parse().map_err(|_| self.expected("a whole number"))?;
        self.rest = rest;
        Ok(number)
    }

    fn takes(&mut self, word: &str) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(word);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn expected(&self, what: &str) -> String {
        let mut message = String::from("the rule cannot be read at letter ");
        let position = self.length.saturating_sub(self.rest.chars().count()) + 1;
        push_digits(position as u64, 1, &mut message);
        message.push_str(": expected ");
        message.push_str(what);
        message
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Pairs<'a> = &'a [(&'a str, &'a str)];

    fn rules(rules: Pairs<'_>) -> PluralRules {
        let mut read = PluralRules::default();
        for (form, rule) in rules {
            read.add(Form::named(form).unwrap(), rule).unwrap();
        }
        read
    }

    /// The rules as CLDR 46 publishes them (common/supplemental/plurals.xml), each with numbers from its own samples.
    #[test]
    fn numbers_take_the_forms_that_cldr_publishes() {
        let table: &[(&str, Pairs, Pairs)] = &[
            (
                "en, de",
                &[("one", "i = 1 and v = 0 @integer 1")],
                &[("one", "1 -1"), ("other", "0 2 10 11 21 101 1.0 1.5 0.1")],
            ),
            (
                "fr",
                &[
                    ("one", "i = 0,1 @integer 0, 1 @decimal 0.0~1.5"),
                    ("many", "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"),
                ],
                &[("one", "0 1 0.0 1.5 1.9"), ("many", "1000000 2000000"), ("other", "2 17 100 2.0 3.5 1000000.0")],
            ),
            (
                "es",
                &[("one", "n = 1"), ("many", "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5")],
                &[("one", "1 1.0 1.00"), ("many", "1000000"), ("other", "0 2 16 1.5 1000001")],
            ),
            ("ja", &[], &[("other", "0 1 2 15 1.0")]),
            (
                "pl",
                &[
                    ("one", "i = 1 and v = 0"),
                    ("few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"),
                    (
                        "many",
                        "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
                    ),
                ],
                &[
                    ("one", "1"),
                    ("few", "2 3 4 22 23 24 32 102 1002"),
                    ("many", "0 5 6 11 12 13 14 19 21 25 100 112 1000000"),
                    ("other", "0.0 0.5 1.5 10.0"),
                ],
            ),
            (
                "ar",
                &[
                    ("zero", "n = 0"),
                    ("one", "n = 1"),
                    ("two", "n = 2"),
                    ("few", "n % 100 = 3..10"),
                    ("many", "n % 100 = 11..99"),
                ],
                &[
                    ("zero", "0 0.0"),
                    ("one", "1 1.0"),
                    ("two", "2 2.0"),
                    ("few", "3 10 103 110 1003 3.0"),
                    ("many", "11 26 111 1011 99.0"),
                    ("other", "100 101 102 200 202 300 1000 0.1 3.5"),
                ],
            ),
            (
                "ru",
                &[
                    ("one", "v = 0 and i % 10 = 1 and i % 100 != 11"),
                    ("few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"),
                    ("many", "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14"),
                ],
                &[
                    ("one", "1 21 31 101 1001"),
                    ("few", "2 3 4 22 24 102"),
                    ("many", "0 5 11 12 14 19 100 111 112"),
                    ("other", "0.0 1.5 21.0"),
                ],
            ),
            // Operands that none of these languages use: Danish, Macedonian, Lithuanian, Latvian.
            ("da", &[("one", "n = 1 or t != 0 and i = 0,1")], &[("one", "1 0.1 1.6 1.0"), ("other", "0 2 3.4 2.0")]),
            (
                "mk",
                &[("one", "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11")],
                &[("one", "1 21 0.1 1.1 10.1"), ("other", "0 2 11 0.2 0.11")],
            ),
            (
                "lt, the old words",
                &[("few", "n mod 10 = 2..9 and n mod 100 != 11..19"), ("many", "w != 0")],
                &[("few", "2 9 22"), ("many", "0.1 2.5"), ("other", "0 1 12 11.0")],
            ),
            ("one of several", &[("two", "n = 2, 4..6 , 9")], &[("two", "2 4 5 6 9"), ("other", "1 3 4.5 7 10")]),
        ];
        for (language, published, expected) in table {
            let rules = rules(published);
            for (form, numbers) in *expected {
                for number in numbers.split(' ') {
                    assert_eq!(rules.form(number).name(), *form, "{language} {number}");
                }
            }
        }
    }

    #[test]
    fn a_rule_that_cannot_be_read_says_where() {
        for (rule, expected) in [
            ("", "letter 1: expected one of the operands n, i, v, w, f, t, c and e"),
            ("x = 1", "letter 1: expected one of the operands n, i, v, w, f, t, c and e"),
            ("n 1", "letter 3: expected `=` or `!=`"),
            ("n % = 1", "letter 5: expected a whole number"),
            ("n = ", "letter 5: expected a whole number"),
            ("n = 1..", "letter 8: expected a whole number"),
            ("n = 1,", "letter 7: expected a whole number"),
            ("n = 1 xor i = 2", "letter 7: expected `and`, `or` or the end"),
            ("n = 1 and", "letter 10: expected one of the operands n, i, v, w, f, t, c and e"),
            ("n = 99999999999", "letter 5: expected a whole number"),
        ] {
            let told = PluralRules::default().add(Form::One, rule).unwrap_err();
            assert_eq!(told, format!("the rule cannot be read at {expected}"), "{rule}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_rule_or_refused_and_any_text_has_a_form(rule in "[nivwfte0-9 %=!.,andorm@é]{0,40}", number in ".{0,12}") {
            let mut read = PluralRules::default();
            let _ = read.add(Form::Few, &rule);
            let form = read.form(&number);
            prop_assert!(form == Form::Few || form == Form::Other);
        }
    }
}
