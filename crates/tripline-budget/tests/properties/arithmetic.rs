//! The verdicts agree with the same sums done on numbers of any size.

use num_bigint::BigUint;
use proptest::prelude::*;
use tripline_budget::{
    Budget, BudgetEntity, Coherence, CoherenceVerdict, Engine, Entities, Figures, Limit,
    LimitValue, Metric, Percent, RecordedRuler, Tolerance, Verdict, judge, parse_size,
};

use crate::generate::{limit_value, percent};

fn big(number: impl Into<BigUint>) -> BigUint {
    number.into()
}

/// `floor(percent × x)`
fn share(percent: Percent, x: &BigUint) -> BigUint {
    big(percent.parts_per_million()) * x / 1_000_000_u32
}

fn tolerated(tolerance: Option<Tolerance>, max: u64, entities: u64) -> BigUint {
    match tolerance {
        None => big(0_u32),
        Some(Tolerance::Percent(percent)) => share(percent, &(big(max) * entities)),
        Some(Tolerance::Absolute(amount)) => big(amount) * entities,
    }
}

/// `min(max × E + floor(tolerance × max × E), ceiling × E)`
fn allowed(value: &LimitValue, entities: u64) -> BigUint {
    let most = big(value.max) * entities + tolerated(value.tolerance, value.max, entities);
    match value.ceiling {
        Some(ceiling) => most.min(big(ceiling) * entities),
        None => most,
    }
}

fn is_loose(value: &LimitValue, measured: u64, entities: u64, slack: Option<Percent>) -> bool {
    let each = (big(measured) + (entities - 1)) / entities;
    let slack = slack.map(Tolerance::Percent).or(value.tolerance);
    big(value.max) > each + tolerated(slack, value.max, 1)
}

fn budget(value: LimitValue, per_entity: bool, slack: Option<Percent>) -> Budget {
    let metric: Metric =
        if per_entity { "live_bytes_per_entity" } else { "live_bytes" }.parse().unwrap();
    let LimitValue { max, tolerance, ceiling, reason } = value;
    Budget {
        file: "budget.toml".into(),
        entity: per_entity.then(|| BudgetEntity { name: "row".into(), line: 1 }),
        engine: Engine::Dhat,
        timeout: std::time::Duration::from_secs(1),
        breakdown: false,
        slack,
        env: Vec::new(),
        limits: vec![Limit { metric, max, tolerance, ceiling, reason, when: None, line: 3 }],
        coherence: Vec::new(),
        ruler: RecordedRuler::default(),
    }
}

fn figures(measured: u64, entities: Option<u64>) -> Figures {
    Figures {
        entities: entities.map(|count| Entities { name: "row".into(), count }),
        metrics: [("live_bytes".to_owned(), measured)].into(),
        ..Figures::default()
    }
}

/// Anywhere, or next to the number that decides.
fn near(decides: &BigUint, offset: i8, elsewhere: u64) -> u64 {
    match u64::try_from(decides) {
        Ok(decides) => decides.saturating_add_signed(offset.into()),
        Err(_) => elsewhere,
    }
}

fn entities() -> impl Strategy<Value = Option<u64>> {
    prop::option::of(prop_oneof![1..10_u64, 1..100_000_u64, 1..=u64::MAX])
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn of_a_limit(
        value in prop_oneof![
            limit_value(),
            // Beyond what TOML can hold.
            (any::<u64>(), any::<u64>().prop_map(Tolerance::Absolute)).prop_map(
                |(max, tolerance)| {
                    LimitValue { tolerance: Some(tolerance), ..LimitValue::exact(max) }
                },
            ),
        ],
        entities in entities(),
        slack in prop::option::of(percent()),
        (at_edge, offset, elsewhere) in (any::<bool>(), -2..=2_i8, any::<u64>()),
    ) {
        let count = entities.unwrap_or(1);
        let edge = if at_edge { allowed(&value, count) } else { big(value.max) * count };
        let measured = near(&edge, offset, elsewhere);
        let judgement = judge(&budget(value.clone(), entities.is_some(), slack), &figures(measured, entities));
        prop_assert_eq!(&judgement.problems, &Vec::<String>::new());
        let finding = &judgement.findings[0];

        let over = big(measured) > allowed(&value, count);
        let expected = match &finding.verdict {
            Verdict::Over { allowed: shown } => {
                let saturated = allowed(&value, count).min(big(u128::MAX));
                prop_assert_eq!(big(*shown), saturated);
                over
            }
            Verdict::Loose => !over && is_loose(&value, measured, count, slack),
            Verdict::Within => !over && !is_loose(&value, measured, count, slack),
            Verdict::Missing(_) | Verdict::Unsupported(_) => false,
        };
        prop_assert!(expected, "{:?}", finding);
        let each = (big(measured) + (count - 1)) / count;
        prop_assert_eq!(finding.measured_in_unit().map(big), Some(each));
    }

    #[test]
    fn of_a_coherence(
        total in any::<u64>(),
        within in prop_oneof![percent(), (0..200_000_u64).prop_map(Percent::from_parts_per_million)],
        entities in entities(),
        (offset, elsewhere) in (-2..=2_i8, any::<u64>()),
    ) {
        let count = entities.unwrap_or(1);
        let edge = (big(total) + share(within, &big(total))) / count;
        let reported = near(&edge, offset, elsewhere);
        let equals = if entities.is_some() { "live_bytes_per_entity" } else { "live_bytes" };
        let mut budget = budget(LimitValue::exact(0), entities.is_some(), None);
        budget.coherence.push(Coherence {
            reported: "reported.x".parse().unwrap(),
            equals: equals.parse().unwrap(),
            within,
            when: None,
            line: 5,
        });
        let mut figures = figures(total, entities);
        figures.metrics.insert("reported.x".into(), reported);

        let sum = big(reported) * count;
        let apart = if sum > big(total) { sum - big(total) } else { big(total) - sum };
        let agrees = apart * 1_000_000_u32 <= big(within.parts_per_million()) * total;
        let expected = if agrees { CoherenceVerdict::Within } else { CoherenceVerdict::Apart };
        prop_assert_eq!(&judge(&budget, &figures).coherence[0].verdict, &expected);
    }

    #[test]
    fn of_a_share(percent in percent(), x in any::<u128>()) {
        prop_assert_eq!(big(percent.of(x)), share(percent, &big(x)).min(big(u128::MAX)));
    }

    #[test]
    fn of_a_size(whole in any::<u64>(), fraction in "[0-9]{1,12}", (unit, bytes) in prop::sample::select(vec![
        ("B", 1_u64), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ])) {
        let scale = big(10_u32).pow(u32::try_from(fraction.len()).unwrap());
        let scaled = (big(whole) * &scale + fraction.parse::<BigUint>().unwrap()) * bytes;
        let is_whole = &scaled % &scale == big(0_u32);
        let expected = u64::try_from(scaled / scale).ok().filter(|_| is_whole);
        prop_assert_eq!(parse_size(&format!("{whole}.{fraction} {unit}")).ok(), expected);
    }
}
