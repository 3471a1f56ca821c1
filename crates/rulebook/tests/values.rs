//! What a refused value is told to be is taken: by the same reader, in the same language.

use parindex_rulebook::input::{InvalidValue, Kind, Value};
use parindex_rulebook::lang::{Lang, Say};
use parindex_rulebook::number::Number;
use proptest::prelude::*;

fn kinds() -> [Kind; 8] {
    let options = ["Tốt", "Khá", "Không áp dụng"].map(str::to_owned).to_vec();
    [
        Kind::Count,
        Kind::Decimal,
        Kind::Money,
        Kind::Ratio { unbounded: false },
        Kind::Ratio { unbounded: true },
        Kind::Date,
        Kind::YesNo,
        Kind::Choice(options),
    ]
}

/// Texts that people type where a value is asked for: numbers with any marks, percentages, days, words, anything else.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[-−]?[0-9]{1,4}([., ][0-9]{1,4}){0,3} ?%?",
        4 => "-?[1-9][0-9]{0,2}[.,][0-9]{2}0%?",
        2 => "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
        1 => "(mười|tốt|có|x|chưa|1e5|∞|½)",
        1 => ".{0,12}",
    ]
}

/// Each advised text stands in the sentence and is taken.
fn advice_is_taken(
    kind: &Kind,
    refused: &InvalidValue,
    lang: Lang,
    read: impl Fn(&str) -> Result<Value, InvalidValue>,
) {
    let said = refused.say(lang);
    for advised in refused.advised(lang) {
        assert!(said.contains(&advised), "«{advised}» is not said: {said}");
        let taken = read(&advised);
        assert!(taken.is_ok(), "{kind:?}, {lang:?}: {said} But «{advised}»: {taken:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn whatever_a_refusal_advises_is_taken(text in texts()) {
        let text = text.trim();
        for kind in kinds() {
            for lang in [Lang::Vi, Lang::En] {
                let typed = |text: &str| kind.typed(text, &Value::Missing, lang);
                if let Err(refused) = typed(text) {
                    advice_is_taken(&kind, &refused, lang, typed);
                }
                if let Err(refused) = kind.read(text) {
                    advice_is_taken(&kind, &refused, lang, |text| kind.read(text));
                }
            }
        }
    }

    /// What is read from a file is written so that it is read again, whatever zeros it had.
    #[test]
    fn what_is_written_is_read_again(whole in 0_i64..2_000_000, decimals in 0_u32..10_000) {
        let number: Number = format!("{whole}.{decimals:04}").parse().unwrap();
        for kind in kinds() {
            let value = Value::Number(number.clone());
            let written = kind.write(&value);
            if !written.is_empty() && !matches!(kind, Kind::Count | Kind::Ratio { unbounded: false }) {
                prop_assert_eq!(kind.read(&written), Ok(value));
            }
        }
    }
}

/// Whoever follows one advice or the other enters another number.
#[test]
fn each_advice_is_a_number_of_its_own() {
    for (kind, text, lang, advised) in [
        (Kind::Decimal, "31.250", Lang::Vi, vec!["31250", "31,25"]),
        (Kind::Decimal, "31,250", Lang::En, vec!["31250", "31.25"]),
        (Kind::Ratio { unbounded: true }, "1.040%", Lang::Vi, vec!["1040%", "1,04%"]),
        (Kind::Ratio { unbounded: false }, "73", Lang::Vi, vec!["73%"]),
        (Kind::Count, "1,640", Lang::Vi, vec!["1640"]),
        (Kind::Count, "ba", Lang::En, vec!["1271"]),
    ] {
        let refused = kind.typed(text, &Value::Missing, lang).unwrap_err();
        assert_eq!(refused.advised(lang), advised, "{text}");
        let values: Vec<_> = advised.iter().map(|text| kind.typed(text, &Value::Missing, lang)).collect();
        assert!(values.iter().all(Result::is_ok), "{values:?}");
        assert!(values.first() != values.get(1), "{values:?}");
    }
}
