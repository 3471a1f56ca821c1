//! Numbers that cannot be meant: a step, a cap or a weight of zero, digits that no number has, a division by zero. The rule can be read and
//! scored with, so what stands in the library already goes on; nothing new is taken.

use super::measure::{Measures, literal};
use super::problem::{NumberProblem, Which};
use crate::expr::{Condition, Expr, Function, Op};
use crate::notation::{Check, print_expr};
use crate::number::{Digits, Number};
use crate::rule::{Award, Body, DayCount, Deadline, Each, Rule, Steps, Term, ZeroDenominator};
use crate::slot::Slot;

/// Those of a rule, each once.
pub(super) fn of_rule(rule: &Rule<Slot>, measures: &Measures<'_>) -> Vec<NumberProblem> {
    let mut look = Look { measures, found: Vec::new() };
    look.body(&rule.body);
    if let ZeroDenominator::Ratio(percent) = &rule.zero {
        look.not_negative(Which::ZeroRatio, percent, "%");
    }
    look.found
}

/// Those of a cross-check.
pub(super) fn of_check(check: &Check<Slot>, measures: &Measures<'_>) -> Vec<NumberProblem> {
    let mut look = Look { measures, found: Vec::new() };
    look.expr(&check.left);
    look.expr(&check.right);
    look.found
}

struct Look<'c> {
    measures: &'c Measures<'c>,
    found: Vec<NumberProblem>,
}

impl Look<'_> {
    fn tell(&mut self, which: Which, written: String) {
        let problem = NumberProblem { which, written };
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }

    fn above_zero(&mut self, which: Which, value: &Number, unit: &str) {
        if *value <= Number::ZERO {
            self.tell(which, written(value, unit));
        }
    }

    /// Below zero it takes away what it would add, and some decisions mean that.
    fn not_zero(&mut self, which: Which, value: &Number, unit: &str) {
        if value.is_zero() {
            self.tell(which, written(value, unit));
        }
    }

    fn not_negative(&mut self, which: Which, value: &Number, unit: &str) {
        if value.is_negative() {
            self.tell(which, written(value, unit));
        }
    }

    fn body(&mut self, body: &Body<Slot>) {
        match body {
            Body::Judgement { step: Some(step) } => self.above_zero(Which::Step, step, ""),
            Body::Judgement { step: None } | Body::Information | Body::FromParent => {}
            Body::Choice { options, .. } => self.awards(options.iter().map(|option| &option.then)),
            Body::PerUnit { terms, cap } => self.counted((Which::Each, terms), cap.as_ref()),
            Body::Deduct { terms } => self.counted((Which::Off, terms), None),
            Body::Proportional { measure, zero_below, .. } => {
                self.expr(measure);
                if let Some(below) = zero_below {
                    self.not_negative(Which::Floor, &(below * &Number::whole(100)), "%");
                }
            }
            Body::Bands { measure, bands } => {
                self.expr(measure);
                self.awards(bands.iter().map(|band| &band.award));
            }
            Body::WeightedSum { terms } => self.terms(terms),
            Body::Steps(steps) => self.steps(steps),
            Body::Survey { answers } => {
                for answer in answers {
                    self.not_negative(Which::Answer, &answer.percent, "%");
                }
            }
            Body::Sipas { share: formula } | Body::Formula(formula) => self.expr(formula),
            Body::NoBreach { otherwise, .. } => self.award(otherwise),
            Body::Deadline(deadline) => self.deadline(deadline),
            Body::Cases { cases, .. } => {
                for case in cases {
                    self.body(&case.then);
                }
            }
            Body::When { arms, otherwise } => {
                for arm in arms {
                    self.condition(&arm.condition);
                    self.body(&arm.then);
                }
                self.body(otherwise);
            }
        }
    }

    fn counted(&mut self, (which, terms): (Which, &[Each<Slot>]), cap: Option<&Award<Slot>>) {
        for term in terms {
            self.expr(&term.count);
            self.points(which, &term.award);
        }
        if let Some(cap) = cap {
            self.points(Which::Cap, cap);
        }
    }

    fn terms(&mut self, terms: &[Term<Slot>]) {
        for term in terms {
            self.not_zero(Which::Weight, &term.weight, "");
            self.expr(&term.measure);
            if let Some(cap) = &term.cap {
                self.above_zero(Which::Cap, cap, "");
            }
        }
    }

    fn steps(&mut self, steps: &Steps<Slot>) {
        self.expr(&steps.measure);
        self.not_negative(Which::Base, &steps.base, " điểm");
        self.not_zero(Which::Gain, &steps.each, " điểm");
        if let Some(cap) = &steps.cap {
            self.above_zero(Which::Cap, cap, " điểm");
        }
    }

    fn deadline(&mut self, deadline: &Deadline<Slot>) {
        for tier in &deadline.late {
            // Behind a Friday, Saturday is late by no working day; by no day at all nothing is late.
            if tier.days == 0 && tier.count == DayCount::Calendar {
                self.tell(Which::Late, "0 ngày".to_owned());
            }
        }
        let tiers = deadline.late.iter().map(|tier| &tier.award).chain(&deadline.never);
        self.awards(tiers.chain([&deadline.in_time, &deadline.later]));
    }

    /// What has to be more than nothing.
    fn points(&mut self, which: Which, award: &Award<Slot>) {
        match award {
            Award::Points(points) if which == Which::Each => self.not_zero(which, points, " điểm"),
            Award::Points(points) => self.above_zero(which, points, " điểm"),
            Award::Share(percent) if which == Which::Each => self.not_zero(which, percent, "%"),
            Award::Share(percent) => self.above_zero(which, percent, "%"),
            Award::NotApplicable => self.tell(which, "không áp dụng".to_owned()),
            Award::Full | Award::Formula(_) => self.award(award),
        }
    }

    fn awards<'a>(&mut self, awards: impl Iterator<Item = &'a Award<Slot>>) {
        for award in awards {
            self.award(award);
        }
    }

    fn award(&mut self, award: &Award<Slot>) {
        if let Award::Formula(formula) = award {
            self.expr(formula);
        }
    }

    fn condition(&mut self, condition: &Condition<Slot>) {
        match condition {
            Condition::Compare(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Condition::Is(..) => {}
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part);
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr<Slot>) {
        match expr {
            Expr::Number(_) | Expr::Percent(_) | Expr::Max | Expr::Input(_) => {}
            Expr::Negate(inner) => self.expr(inner),
            Expr::Fallback(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            Expr::Binary(op, left, right) => {
                if *op == Op::Divide {
                    self.divisor(expr, right);
                }
                self.expr(left);
                self.expr(right);
            }
            Expr::Growth(now, before) => {
                self.divisor(expr, before);
                self.expr(now);
                self.expr(before);
            }
            Expr::Call(function, arguments) => {
                if let (Function::Round, [_, digits]) = (function, arguments.as_slice()) {
                    self.digits(digits);
                }
                for argument in arguments {
                    self.expr(argument);
                }
            }
        }
    }

    fn divisor(&mut self, whole: &Expr<Slot>, by: &Expr<Slot>) {
        if literal(by).is_some_and(|by| by.is_zero()) {
            let written = self.measures.written(whole);
            self.tell(Which::Divisor, written);
        }
    }

    fn digits(&mut self, digits: &Expr<Slot>) {
        let most = i64::from(Digits::MAX.get());
        let whole = literal(digits).and_then(|digits| digits.to_whole());
        if whole.is_none_or(|whole| !(0..=most).contains(&whole)) {
            let written = self.measures.written(digits);
            self.tell(Which::Digits, written);
        }
    }
}

/// A number as a rule writes it.
fn written(value: &Number, unit: &str) -> String {
    format!("{}{unit}", print_expr(&Expr::Number(value.clone())))
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::lang::{Lang, Say};
    use crate::lint::{LintProblem, lint};
    use crate::notation;
    use crate::set::{Compiled, CriteriaSet, Criterion, Method, Places};

    /// What is refused of a rule and a check, in Vietnamese.
    fn refused(rule: &str, check: &str) -> Vec<String> {
        let criterion = Criterion {
            code: "1".to_owned(),
            name: "Tiêu chí".to_owned(),
            max: Some(4.into()),
            method: Some(Method::SelfAssessed),
            inputs: notation::parse_inputs("a: số đếm; b: số đếm; d: ngày").unwrap(),
            rule: notation::parse(rule).unwrap_or_else(|error| panic!("{rule}: {}", error.say(Lang::Vi))),
            checks: notation::parse_checks(check).unwrap(),
            ..Criterion::default()
        };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let findings = lint(&compiled, &Places::default()).into_iter();
        let numbers = findings.filter(|finding| matches!(finding.problem, LintProblem::Number(_)));
        let said = numbers.map(|finding| {
            assert_eq!(finding.severity, Severity::Error, "{rule}");
            assert!(!finding.problem.say(Lang::En).is_empty());
            finding.problem.say(Lang::Vi)
        });
        said.collect()
    }

    /// Rules with a number that cannot be meant, and how what is said begins.
    const SENSELESS: [(&str, &str); 24] = [
        ("chấm điểm, bước 0", "bước điểm 0 "),
        ("chấm điểm, bước -0,5", "bước điểm -0,5 "),
        ("mỗi a được 0 điểm; tối đa 2 điểm", "«mỗi … được 0 điểm» "),
        ("mỗi a được 0%; tối đa 2 điểm", "«mỗi … được 0%» "),
        ("mỗi a được không áp dụng; tối đa 2 điểm", "«mỗi … được không áp dụng» "),
        ("mỗi a được 0,5 điểm; tối đa 0 điểm", "«tối đa 0 điểm» "),
        ("trừ 0 điểm mỗi a", "«trừ 0 điểm mỗi …» "),
        ("trừ 0,5 điểm mỗi a; trừ 0% mỗi b", "«trừ 0% mỗi …» "),
        ("theo tỷ lệ a/b; dưới -5% được 0 điểm", "mức «dưới -5%» "),
        ("theo tỷ lệ a/b; mẫu bằng 0: tỷ lệ là -10%", "«tỷ lệ là -10%» "),
        ("cộng: 0 × a/b", "hệ số 0 "),
        ("cộng: 3 × a/b tối đa 0", "«tối đa 0» "),
        (
            "bậc thang a: đến 10 được -1 điểm; cứ thêm 5 được thêm 1 điểm; tối đa 3 điểm",
            "điểm khởi đầu -1 điểm ",
        ),
        ("bậc thang a: đến 10 được 1 điểm; cứ thêm 5 được thêm 0 điểm; tối đa 3 điểm", "«được thêm 0 điểm» "),
        ("bậc thang a: đến 10 được 1 điểm; cứ thêm 5 được thêm 1 điểm; tối đa 0 điểm", "«tối đa 0 điểm» "),
        ("theo phiếu: A = 100%; B = -20%", "câu trả lời đáng giá -20% "),
        (
            "hạn 30/06/2026 cho d: đúng hạn được 4 điểm; trễ đến 0 ngày được 2 điểm; trễ hơn được 0 điểm",
            "«trễ đến 0 ngày» ",
        ),
        ("công thức làm tròn(a/3; -1)", "«làm tròn(…; -1)»"),
        ("công thức làm tròn(a/3; 1,5)", "«làm tròn(…; 1,5)»"),
        ("công thức làm tròn(a/3; 10)", "«làm tròn(…; 10)»"),
        ("công thức làm tròn(a/3; b)", "«làm tròn(…; b)»"),
        ("theo bậc (a/0): từ 1 được 4 điểm; dưới 1 được 0 điểm", "«a / 0» "),
        ("nếu mức tăng a so với 0 > 5% thì mỗi a được 0 điểm | còn lại 0 điểm", "«mức tăng a so với 0» "),
        ("một trong: A: chấm điểm, bước 0 | B: 0 điểm", "bước điểm 0 "),
    ];

    #[test]
    fn a_number_that_cannot_be_meant_is_refused_with_what_to_write() {
        for (rule, says) in SENSELESS {
            let said = refused(rule, "");
            assert!(said.first().is_some_and(|said| said.starts_with(says)), "{rule}: {said:?}");
            assert!(said.iter().all(|said| said.contains("hãy ")), "{rule}: {said:?}");
        }
        assert_eq!(
            refused("nếu mức tăng a so với 0 > 5% thì mỗi a được 0 điểm | còn lại 0 điểm", "").len(),
            2
        );
        assert!(refused("theo tỷ lệ a/b", "a / 0 ≤ b").first().unwrap().starts_with("«a / 0» "));
    }

    #[test]
    fn zero_is_taken_where_it_says_something() {
        for rule in [
            "chấm điểm, bước 0,25",
            "cộng: 3 × a/b; -1 × b/a",
            "mỗi a được 0,5 điểm; tối đa 2 điểm",
            "theo tỷ lệ a/b; dưới 0% được 0 điểm; mẫu bằng 0: tỷ lệ là 0%",
            "theo bậc mức tăng a so với b: từ 0% được 4 điểm; dưới 0% được 0 điểm",
            "bậc thang a: đến 0 được 0 điểm; cứ thêm 5 được thêm 1 điểm; tối đa 3 điểm",
            "theo phiếu: A = 100%; B = 0%",
            "hạn 30/06/2026 cho d: đúng hạn được 4 điểm; trễ đến 0 ngày làm việc được 2 điểm; trễ hơn được 0 điểm",
            "không có a được điểm tối đa; nếu có được 0 điểm",
            "công thức làm tròn(a/3; 0)",
            "nếu a > 0 thì 4 điểm | còn lại 0 điểm",
        ] {
            assert_eq!(refused(rule, "a ≥ 0"), Vec::<String>::new(), "{rule}");
        }
    }
}
