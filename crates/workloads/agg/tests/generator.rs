//! The generated payments have the values that they had when budgets were recorded.

use std::collections::BTreeSet;

use workload_agg::{Generator, GeneratorError, Pipeline, Value};

fn fraud_team() -> Pipeline {
    Pipeline::fraud_team().expect("it is good")
}

/// The values by field, so in the order of the schema.
const FIRST: [(&str, [&str; 2]); 18] = [
    ("amount", ["F64(899.9729451661307)", "F64(387.0925635711824)"]),
    ("billing_country", ["Str(\"s750\")", "Str(\"s314\")"]),
    ("card_country", ["Str(\"s362\")", "Str(\"s646\")"]),
    ("card_fp", ["Str(\"s869\")", "Str(\"s197\")"]),
    ("card_funding", ["Str(\"s485\")", "Str(\"s156\")"]),
    ("currency", ["Str(\"s511\")", "Str(\"s121\")"]),
    ("declined", ["I64(682277)", "I64(335169)"]),
    ("device_id", ["Str(\"s658\")", "Str(\"s408\")"]),
    ("ip_address", ["Str(\"s542\")", "Str(\"s112\")"]),
    ("ip_block", ["Str(\"s221\")", "Str(\"s179\")"]),
    ("ip_country", ["Str(\"s192\")", "Str(\"s224\")"]),
    ("is_3ds", ["I64(993651)", "I64(12479)"]),
    ("lat", ["F64(718.167281291149)", "F64(975.4411540549279)"]),
    ("lon", ["F64(233.5582503155782)", "F64(995.083534408625)"]),
    ("mcc", ["Str(\"s470\")", "Str(\"s5\")"]),
    ("merchant_id", ["Str(\"s133\")", "Str(\"s39\")"]),
    ("ssn_hash", ["Str(\"s253\")", "Str(\"s975\")"]),
    ("user_id", ["Str(\"k00059319\")", "Str(\"k00031958\")"]),
];

#[test]
fn the_first_payments_are_always_the_same() {
    let pipeline = fraud_team();
    let mut generator = Generator::new(&pipeline).expect("it has payments");
    let schema = pipeline.schema(generator.kind()).clone();
    for number in 0..2 {
        let event = generator.next_event();
        assert_eq!(event.at, 1_767_571_200_000 + number as u64);
        let values = event.values.iter().map(|value| format!("{value:?}"));
        let told: Vec<_> =
            schema.fields.iter().map(|field| field.name.clone()).zip(values).collect();
        let expected = FIRST.map(|(field, values)| (field.to_owned(), values[number].to_owned()));
        assert_eq!(told, expected);
    }
}

#[test]
fn two_thousand_payments_are_of_nearly_as_many_users() {
    let pipeline = fraud_team();
    let mut generator = Generator::new(&pipeline).expect("it has payments");
    let user = pipeline.schema(generator.kind()).position("user_id").expect("it has users");
    let mut users = BTreeSet::new();
    let mut last = None;
    for _ in 0..2_000 {
        let event = generator.next_event();
        assert!(last.is_none_or(|last| last + 1 == event.at));
        last = Some(event.at);
        let Value::Str(name) = &event.values[user] else { panic!("a user is a string") };
        users.insert(name.clone());
    }
    assert_eq!(users.len(), 1_976);
}

#[test]
fn a_pipeline_without_payments_is_refused() {
    let error = |events: &str| {
        let text = format!("tables = []\n{events}");
        let pipeline = Pipeline::parse("test.toml", &text).expect("it can be read");
        Generator::new(&pipeline).err()
    };
    assert_eq!(error("[events.Login]\nuser_id = \"str\""), Some(GeneratorError::NoTxn));
    assert_eq!(error("[events.Txn]\nuser = \"str\""), Some(GeneratorError::NoUser));
    assert_eq!(error("[events.Txn]\nuser_id = \"i64\""), Some(GeneratorError::NoUser));
    assert_eq!(error("[events.Txn]\nuser_id = \"str\""), None);
}
