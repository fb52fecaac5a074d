//! Configurations that are right, and the problems that wrong ones report.

use std::collections::BTreeSet;

use workload_agg::{Feature, FieldKind, Input, Op, Pipeline};

/// A whole, small configuration with every kind of parameter.
const GOOD: &str = r#"[events.Txn]
user = "str"
amount = "f64"
lat = "f64"
lon = "f64"
declined = "i64"

[[tables]]
name = "ByUser"
event = "Txn"
key = "user"
features = [
    { name = "sum", op = "sum", field = "amount", window = "24h" },
    { name = "p99", op = "quantile", field = "amount", q = 0.99 },
    { name = "tiles", op = "n_unique", quadkey = { lat = "lat", lon = "lon", zoom = 7 } },
    { name = "speed", op = "geo_velocity", lat = "lat", lon = "lon" },
    { name = "burst", op = "burst_count", sub_window = "5s", window = "5m" },
    { name = "lag", op = "lag", field = "user", n = 1 },
    { name = "mean", op = "ewma", field = "amount", half_life = "1h" },
    { name = "good", op = "negative_streak", field = "declined" },
    { name = "bars", op = "histogram", field = "amount", low = 0, width = 10.0, bins = 5 },
    { name = "run", op = "streak" },
]
"#;

#[test]
fn a_configuration_becomes_a_pipeline() {
    let pipeline = Pipeline::parse("good.toml", GOOD).expect("it is good");
    let [table] = &pipeline.tables[..] else { panic!("one table") };
    assert_eq!((table.name.as_str(), pipeline.key(table)), ("ByUser", "user"));
    let schema = pipeline.schema(table.event);
    let fields: Vec<_> =
        schema.fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    let expected = [
        ("amount", FieldKind::F64),
        ("declined", FieldKind::I64),
        ("lat", FieldKind::F64),
        ("lon", FieldKind::F64),
        ("user", FieldKind::Str),
    ];
    assert_eq!(fields, expected);
    let feature =
        |name: &str, op, input, window| Feature { name: name.to_owned(), op, input, window };
    let expected = [
        feature("sum", Op::Sum, Input::Field(0), Some(86_400_000)),
        feature("p99", Op::Quantile { q: 0.99 }, Input::Field(0), None),
        feature("tiles", Op::NUnique, Input::Quadkey { lat: 2, lon: 3, zoom: 7 }, None),
        feature("speed", Op::GeoVelocity, Input::Point { lat: 2, lon: 3 }, None),
        feature("burst", Op::BurstCount { sub_window: 5_000 }, Input::Nothing, Some(300_000)),
        feature("lag", Op::Lag { n: 1 }, Input::Field(4), None),
        feature("mean", Op::Ewma { half_life: 3_600_000 }, Input::Field(0), None),
        feature("good", Op::NegativeStreak, Input::Field(1), None),
        feature("bars", Op::Histogram { low: 0.0, width: 10.0, bins: 5 }, Input::Field(0), None),
        feature("run", Op::Streak, Input::Nothing, None),
    ];
    assert_eq!(table.features, expected);
}

#[test]
fn the_fraud_team_has_what_it_is_said_to_have() {
    let pipeline = Pipeline::fraud_team().expect("it is good");
    let features: Vec<_> = pipeline.tables.iter().flat_map(|table| &table.features).collect();
    let operators: BTreeSet<_> = features.iter().map(|feature| feature.op.name()).collect();
    let counts = (pipeline.schemas.len(), pipeline.tables.len(), features.len(), operators.len());
    assert_eq!(counts, (5, 9, 111, 52));
    let tables: Vec<_> = pipeline
        .tables
        .iter()
        .map(|table| (table.name.as_str(), pipeline.key(table), table.features.len()))
        .collect();
    let expected = [
        ("TxnByUser", "user_id", 62),
        ("TxnByCard", "card_fp", 8),
        ("TxnByDevice", "device_id", 6),
        ("TxnByIp", "ip_address", 8),
        ("TxnByMerchant", "merchant_id", 4),
        ("LoginByUser", "user_id", 8),
        ("SignupByIp", "ip_address", 4),
        ("CardAddByDevice", "device_id", 3),
        ("RefundByUser", "user_id", 8),
    ];
    assert_eq!(tables, expected);
    let txn = pipeline.event("Txn").expect("there are payments");
    assert_eq!(pipeline.schema(txn).fields.len(), 18);
}

/// A change of [`GOOD`], and the problem reported: its end, if it is long.
type Problem = (&'static str, &'static str, &'static [&'static str]);

const UNREADABLE: &[Problem] = &[
    ("[events.Txn]", "[events.Txn", &["1:12: unclosed table, expected `]`"]),
    (
        "zoom = 7",
        "zom = 7",
        &["15:78: unknown field `zom`, expected one of `lat`, `lon`, `zoom`: did you mean `zoom`?"],
    ),
    (
        "key = \"user\"",
        "kye = \"user\"",
        &[
            "11:1: unknown field `kye`, expected one of `name`, `event`, `key`, `features`: did you mean `key`?",
        ],
    ),
    (
        "user = \"str\"",
        "user = \"text\"",
        &["2:8: unknown variant `text`, expected one of `str`, `f64`, `i64`"],
    ),
    ("n = 1", "n = \"one\"", &["18:53: invalid type: string \"one\", expected i64"]),
    ("event = \"Txn\"\n", "", &["8:1: missing field `event`"]),
];

const UNKNOWN: &[Problem] = &[
    ("event = \"Txn\"", "event = \"Txm\"", &["10:9: unknown event `Txm`: did you mean `Txn`?"]),
    ("op = \"sum\"", "op = \"summ\"", &["13:26: unknown operator `summ`: did you mean `sum`?"]),
    (
        "field = \"amount\"",
        "field = \"amuont\"",
        &["13:41: unknown field of Txn `amuont`: did you mean `amount`?"],
    ),
    (
        "key = \"user\"",
        "key = \"card\"",
        &[
            "11:7: unknown field of Txn `card`: there are `amount`, `declined`, `lat`, `lon`, `user`",
        ],
    ),
    (
        "lon = \"lon\" }",
        "lon = \"long\" }",
        &["16:63: unknown field of Txn `long`: did you mean `lon`?"],
    ),
];

const WRONG_TYPE: &[Problem] = &[
    (
        "key = \"user\"",
        "key = \"amount\"",
        &["11:7: a key must be a field of str, but `amount` is f64"],
    ),
    (
        "field = \"amount\"",
        "field = \"user\"",
        &["13:41: sum takes a field of f64 or i64, but `user` is str"],
    ),
    (
        "field = \"declined\"",
        "field = \"amount\"",
        &["20:54: negative_streak takes a field of i64, but `amount` is f64"],
    ),
    (
        "lat = \"lat\", lon = \"lon\" }",
        "lat = \"declined\", lon = \"user\" }",
        &[
            "16:50: geo_velocity takes a field of f64, but `declined` is i64",
            "16:68: geo_velocity takes a field of f64, but `user` is str",
        ],
    ),
];

const MISSING_OR_LEFT: &[Problem] = &[
    (", q = 0.99", "", &["14:26: quantile needs `q`"]),
    (", window = \"5m\"", "", &["17:28: burst_count needs `window`"]),
    (
        ", width = 10.0, bins = 5",
        "",
        &["21:27: histogram needs `bins`", "21:27: histogram needs `width`"],
    ),
    (", field = \"amount\", window", ", window", &["13:26: sum needs `field`"]),
    (
        "op = \"geo_velocity\", lat = \"lat\", lon = \"lon\"",
        "op = \"geo_velocity\"",
        &["16:28: geo_velocity needs `lat`", "16:28: geo_velocity needs `lon`"],
    ),
    (
        "op = \"streak\"",
        "op = \"count\", field = \"user\", k = 3",
        &["22:43: count takes no `field`", "22:55: count takes no `k`"],
    ),
    ("op = \"streak\"", "op = \"streak\", window = \"1h\"", &["22:45: streak takes no `window`"]),
];

const WRONG_VALUE: &[Problem] = &[
    (
        "\"24h\"",
        "\"24 hours\"",
        &[
            "13:60: `24 hours` is no duration: a whole number and ms, s, m, h or d are needed, such as \"24h\"",
        ],
    ),
    ("\"24h\"", "\"0s\"", &["13:60: `0s` is no time at all: at least 1ms is needed"]),
    (
        "\"1h\"",
        "\"999999999999d\"",
        &["19:65: `999999999999d` is longer than can be counted in milliseconds"],
    ),
    ("\"5s\"", "\"6m\"", &["17:56: `sub_window` must not be longer than `window`"]),
    ("q = 0.99", "q = 1.5", &["14:60: `q` must be between 0 and 1, such as 0.99, not 1.5"]),
    ("q = 0.99", "q = nan", &["14:60: `q` must be between 0 and 1, such as 0.99, not NaN"]),
    ("n = 1", "n = 0", &["18:53: `n` must be at least 1, not 0"]),
    ("zoom = 7", "zoom = 24", &["15:85: `zoom` must be 1 to 23, not 24"]),
    ("width = 10.0", "width = 0", &["21:75: `width` must be a finite number above 0, not 0"]),
    ("low = 0", "low = inf", &["21:64: `low` must be a finite number, not inf"]),
];

const TWICE_OR_NOT_AT_ALL: &[Problem] = &[
    ("name = \"p99\"", "name = \"sum\"", &["14:14: a second feature of the name `sum`"]),
    (
        "[[tables]]\n",
        "[[tables]]\nname = \"ByUser\"\nevent = \"Txn\"\nkey = \"user\"\nfeatures = []\n[[tables]]\n",
        &["9:8: a table needs at least one feature", "14:8: a second table of the name `ByUser`"],
    ),
];

#[test]
fn every_problem_is_told_at_its_place() {
    let problems =
        [UNREADABLE, UNKNOWN, WRONG_TYPE, MISSING_OR_LEFT, WRONG_VALUE, TWICE_OR_NOT_AT_ALL]
            .concat();
    for (from, to, said) in problems {
        assert!(GOOD.contains(from), "{from} is no part of the good one");
        let bad = GOOD.replacen(from, to, 1);
        let error = Pipeline::parse("bad.toml", &bad).expect_err(to);
        let expected: Vec<_> = said.iter().map(|line| format!("bad.toml:{line}")).collect();
        assert_eq!(error.to_string(), expected.join("\n"));
    }
}

#[test]
fn the_problems_of_all_tables_are_told_at_once() {
    let bad =
        GOOD.replace("q = 0.99", "q = 2").replace("n = 1", "n = -1").replace("\"24h\"", "\"\"");
    let error = Pipeline::parse("bad.toml", &bad).expect_err("it is bad").to_string();
    let places: Vec<_> = error.lines().filter_map(|line| line.split(':').nth(1)).collect();
    assert_eq!(places, ["13", "14", "18"], "{error}");
}
