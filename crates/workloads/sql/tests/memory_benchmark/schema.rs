//! Checks a report against the JSON schema: the keywords that ours uses, and an error for any other.

use serde_json::{Map, Value};

/// Returns the errors in `value`, each with its path.
pub(crate) fn errors(value: &Value) -> Vec<String> {
    let text = include_str!("../../schema/memory-benchmark.schema.json");
    let root: Value = serde_json::from_str(text).expect("the schema is JSON");
    let mut found = Vec::new();
    Check { root: &root, found: &mut found }.value(&root, value, "$");
    found
}

struct Check<'a> {
    root: &'a Value,
    found: &'a mut Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, schema: &Value, value: &Value, place: &str) {
        for (keyword, rule) in schema.as_object().expect("a schema is an object") {
            self.keyword(schema, keyword, rule, value, place);
        }
    }

    fn keyword(&mut self, schema: &Value, keyword: &str, rule: &Value, value: &Value, place: &str) {
        let holds = match keyword {
            "$schema" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let target = rule.as_str().and_then(|path| path.strip_prefix('#'));
                let target = target.and_then(|path| self.root.pointer(path));
                return self.value(target.expect("the reference leads somewhere"), value, place);
            }
            "oneOf" => list(rule).iter().filter(|one| self.accepts(one, value)).count() == 1,
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is(one, value)),
                one => is(one, value),
            },
            "enum" => list(rule).contains(value),
            "minimum" => value.as_f64().is_none_or(|number| Some(number) >= rule.as_f64()),
            "minItems" => {
                value.as_array().is_none_or(|items| Some(items.len() as u64) >= rule.as_u64())
            }
            "maxItems" => {
                value.as_array().is_none_or(|items| Some(items.len() as u64) <= rule.as_u64())
            }
            "required" => {
                list(rule).iter().all(|key| value.get(key.as_str().expect("a key")).is_some())
            }
            "additionalProperties" => {
                let known = &schema["properties"];
                *rule == Value::Bool(false)
                    && value
                        .as_object()
                        .is_none_or(|map| map.keys().all(|key| known.get(key).is_some()))
            }
            "properties" => return self.properties(map(rule), value, place),
            "items" => return self.items(rule, value, place),
            unknown => panic!("this check does not know the keyword {unknown}"),
        };
        if !holds {
            self.found.push(format!("{place}: {keyword} {rule} does not hold"));
        }
    }

    fn accepts(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        Check { root: self.root, found: &mut found }.value(schema, value, "");
        found.is_empty()
    }

    fn properties(&mut self, rules: &Map<String, Value>, value: &Value, place: &str) {
        for (key, rule) in rules {
            if let Some(value) = value.get(key) {
                self.value(rule, value, &format!("{place}.{key}"));
            }
        }
    }

    fn items(&mut self, rule: &Value, value: &Value, place: &str) {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            self.value(rule, item, &format!("{place}[{index}]"));
        }
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("a type is a word") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        unknown => panic!("this check does not know the type {unknown}"),
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("the rule is a list")
}

fn map(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("the rule is an object")
}
