//! From a rule to its program. Steps, deadlines and conditions have none: see [`super::memo`].

use parindex_rulebook::expr::Expr;
use parindex_rulebook::input::Kind;
use parindex_rulebook::number::Number;
use parindex_rulebook::rule::{
    Award, Band, Body, Each, Rule, Term as Weighted, Weighted as Answer, ZeroDenominator,
};
use parindex_rulebook::set::Compiled;
use parindex_rulebook::slot::Slot;

use super::bands::{Bands, Ends};
use super::fraction::Fraction;
use super::gains::{Earned, Unit};
use super::program::{Program, Terms};
use super::share::Share;
use super::term::{Extreme, Term};

/// What a program is made from.
pub(super) struct Making<'c> {
    pub compiled: &'c Compiled,
    /// The maximum of the criterion.
    pub max: Fraction,
    pub unit: Unit,
}

impl Making<'_> {
    /// What holds for the whole of a rule; `None` where its numbers do not fit.
    pub fn terms(&self, rule: &Rule<Slot>) -> Option<Terms> {
        let unit = self.unit;
        let mut terms = Terms { unit, zero: None, zero_ratio: None };
        match &rule.zero {
            ZeroDenominator::Unstated => {}
            ZeroDenominator::Ratio(percent) => terms.zero_ratio = Some(Fraction::percent(percent)?),
            ZeroDenominator::Full => terms.zero = Some(Earned::Points(unit.max)),
            ZeroDenominator::Points(points) => {
                terms.zero = Some(Earned::Points(unit.points(Fraction::of(points)?)?));
            }
            ZeroDenominator::NotApplicable => terms.zero = Some(Earned::NotApplicable),
        }
        Some(terms)
    }

    /// A program; `None` where columns do not cover the rule.
    pub fn program(&self, body: &Body<Slot>) -> Option<Program> {
        match body {
            Body::Choice { input, options } => self
                .pick(*input, options.iter().map(|option| self.award(&option.then)).collect::<Option<_>>()?),
            Body::Cases { pick, cases } => {
                self.pick(*pick, cases.iter().map(|case| self.program(&case.then)).collect::<Option<_>>()?)
            }
            Body::Proportional { measure, full_from, zero_below } => {
                self.proportional(measure, full_from.as_ref(), zero_below.as_ref())
            }
            Body::Sipas { share } => self.share(self.term(share)?, Fraction::ONE, None),
            Body::Survey { answers } => self.survey(answers),
            Body::PerUnit { terms, cap } => self.per_unit(terms, cap.as_ref()),
            Body::Deduct { terms } => {
                Some(self.points(Term::constant(self.max).minus(self.counted(terms)?)?))
            }
            Body::WeightedSum { terms } => {
                let terms = terms.iter().map(|term| self.weighted(term)).collect::<Option<_>>()?;
                Some(self.points(Term::total(terms)?))
            }
            Body::Bands { measure, bands } => {
                let band = |band: &Band<Slot>| Some((Ends::of(&band.range)?, self.award(&band.award)?));
                let bands = bands.iter().map(band).collect::<Option<_>>()?;
                Some(Program::Bands(Bands { measure: self.term(measure)?, bands }))
            }
            Body::NoBreach { inputs, otherwise } => {
                Some(Program::NoBreach(inputs.clone(), Box::new(self.award(otherwise)?)))
            }
            Body::Formula(expr) => Some(self.points(self.term(expr)?)),
            Body::Steps(_)
            | Body::Deadline(_)
            | Body::When { .. }
            | Body::Judgement { .. }
            | Body::Information
            | Body::FromParent => None,
        }
    }

    fn term(&self, expr: &Expr<Slot>) -> Option<Term> {
        Term::of(expr, self.max)
    }

    /// The programs of all answers, by the words of their column. Yes stands before no in a rule, and is the larger word.
    fn pick(&self, slot: Slot, mut programs: Vec<Program>) -> Option<Program> {
        if self.compiled.inputs.get(slot.index())?.kind == Kind::YesNo {
            programs.reverse();
        }
        let fixed =
            |program: &Program| if let Program::Fixed(earned) = program { Some(*earned) } else { None };
        match programs.iter().map(fixed).collect() {
            Some(table) => Some(Program::Table(slot, table)),
            None => Some(Program::Pick(slot, programs)),
        }
    }

    fn award(&self, award: &Award<Slot>) -> Option<Program> {
        if *award == Award::NotApplicable {
            return Some(Program::Fixed(Earned::NotApplicable));
        }
        let worth = self.worth(award)?;
        match worth.as_constant() {
            Some(points) => Some(Program::Fixed(Earned::Points(self.unit.points(points)?))),
            None => Some(self.points(worth)),
        }
    }

    /// Points of an award; where "does not apply" has no sense, it counts as nothing.
    fn worth(&self, award: &Award<Slot>) -> Option<Term> {
        Some(match award {
            Award::Points(points) => Term::constant(Fraction::of(points)?),
            Award::Share(percent) => Term::constant(Fraction::percent(percent)?.times(self.max)?),
            Award::Full => Term::constant(self.max),
            Award::NotApplicable => Term::constant(Fraction::ZERO),
            Award::Formula(expr) => self.term(expr)?,
        })
    }

    /// So many points as a term has.
    fn points(&self, points: Term) -> Program {
        let factor = Fraction::whole(self.unit.scale);
        Program::Share(Share { measure: points, factor, below: None })
    }

    /// The maximum from a share on, in proportion below it. Whatever reaches the share gives more than the maximum, and is cut at it.
    fn share(&self, measure: Term, full: Fraction, below: Option<Fraction>) -> Option<Program> {
        let factor = Fraction::whole(self.unit.max).over(full).filter(|_| full.num > 0)?;
        Some(Program::Share(Share { measure, factor, below }))
    }

    fn proportional(
        &self,
        measure: &Expr<Slot>,
        full: Option<&Number>,
        below: Option<&Number>,
    ) -> Option<Program> {
        let full = full.map_or(Some(Fraction::ONE), Fraction::of)?;
        let below = match below {
            Some(below) => Some(Fraction::of(below)?),
            None => None,
        };
        self.share(self.term(measure)?, full, below)
    }

    fn survey(&self, answers: &[Answer<Slot>]) -> Option<Program> {
        let worth =
            |answer: &Answer<Slot>| Term::input(answer.input).times(Fraction::percent(&answer.percent)?);
        let weighed = Term::total(answers.iter().map(worth).collect::<Option<_>>()?)?;
        let forms = Term::total(answers.iter().map(|answer| Term::input(answer.input)).collect())?;
        self.share(Term::quotient(weighed, forms)?, Fraction::ONE, None)
    }

    fn counted(&self, terms: &[Each<Slot>]) -> Option<Term> {
        let each = |each: &Each<Slot>| self.term(&each.count)?.multiplied(self.worth(&each.award)?);
        Term::total(terms.iter().map(each).collect::<Option<_>>()?)
    }

    /// A cap that is not below the maximum cuts nothing.
    fn per_unit(&self, terms: &[Each<Slot>], cap: Option<&Award<Slot>>) -> Option<Program> {
        let sum = self.counted(terms)?;
        let Some(cap) = cap else { return Some(self.points(sum)) };
        let cap = self.worth(cap)?;
        match cap.as_constant() {
            Some(cap) if !cap.is_below(self.max) => Some(self.points(sum)),
            _ => Some(self.points(Term::Best(Extreme::Smallest, vec![sum, cap]))),
        }
    }

    fn weighted(&self, term: &Weighted<Slot>) -> Option<Term> {
        let full = self.term(&term.measure)?.times(Fraction::of(&term.weight)?)?;
        let Some(cap) = &term.cap else { return Some(full) };
        Some(Term::Best(Extreme::Smallest, vec![full, Term::constant(Fraction::of(cap)?)]))
    }
}

#[cfg(test)]
mod tests {
    use parindex_rulebook::notation;
    use parindex_rulebook::number::RoundMode;
    use parindex_rulebook::set::{CriteriaSet, Criterion, Places};

    use super::*;

    fn program(inputs: &str, rule: &str) -> Option<Program> {
        let criterion = Criterion {
            code: "1".to_owned(),
            max: Some(Number::whole(2)),
            inputs: notation::parse_inputs(inputs).unwrap(),
            rule: notation::parse(rule).unwrap(),
            ..Criterion::default()
        };
        let set = CriteriaSet { criteria: vec![criterion], ..CriteriaSet::default() };
        let compiled = Compiled::new(set, &Places::default()).unwrap();
        let unit = Unit { scale: 100, max: 200, mode: RoundMode::HalfUp };
        let rule = compiled.rules.first().unwrap();
        Making { compiled: &compiled, max: Fraction::whole(2), unit }.program(&rule.body)
    }

    #[test]
    fn arithmetic_runs_in_columns() {
        let two = "a: số đếm; b: số đếm";
        let rules = [
            ("", "chọn: Đầy đủ = 100%; Một phần = 50%; Không = 0%"),
            (two, "theo tỷ lệ a/b; từ 90% được điểm tối đa; dưới 50% được 0 điểm; mẫu bằng 0: không áp dụng"),
            (two, "mỗi a được 0,5 điểm; mỗi b được 25%; tối đa 1,5 điểm"),
            (two, "trừ 25% mỗi a; trừ 100% mỗi b"),
            (
                two,
                "theo bậc mức tăng a so với b: từ 10% được điểm tối đa; dưới 10% được 0 điểm; mẫu bằng 0: 0 điểm",
            ),
            (two, "cộng: 1,2 × a/b; 0,9 × b/a tối đa 0,8; mẫu bằng 0: tỷ lệ là 0%"),
            (
                two,
                "công thức điểm tối đa × nhỏ nhất(1; a/lớn nhất(b; (a, nếu thiếu thì b))); mẫu bằng 0: 0 điểm",
            ),
            (two, "một trong: Có: theo tỷ lệ a/b | Không: công thức 50% × điểm tối đa; mẫu bằng 0: 0 điểm"),
            (two, "không có a, b được điểm tối đa; nếu có được 0 điểm"),
            ("", "theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%; mẫu bằng 0: không áp dụng"),
            ("p: tỷ lệ", "theo SIPAS p"),
        ];
        for (inputs, rule) in rules {
            assert!(program(inputs, rule).is_some(), "{rule}");
        }
    }

    #[test]
    fn what_is_no_arithmetic_is_remembered_or_asked() {
        let rules = [
            ("a: số", "bậc thang a: đến 50 được 1 điểm; cứ thêm 10 được thêm 0,1 điểm; tối đa 2 điểm"),
            ("[ngày]: ngày", "hạn 31/01/2026 cho [ngày]: đúng hạn được điểm tối đa; trễ hơn được 0 điểm"),
            ("", ""),
        ];
        for (inputs, rule) in rules {
            assert!(program(inputs, rule).is_none(), "{rule}");
        }
    }
}
