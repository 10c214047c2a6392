use super::Documented;
use crate::contract::examples::problem;
use crate::contract::responses::Problem;
use crate::contract::routes::{API, OPEN, api_documents, open_documents};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

fn documents() -> Vec<Documented> {
    open_documents()
        .into_iter()
        .chain(api_documents())
        .collect()
}

/// Holds examples against schemas.
struct Compared<'a> {
    definitions: &'a Map<String, Value>,
    /// The definitions that an example has shown.
    shown: BTreeSet<&'a str>,
    faults: Vec<String>,
}

impl<'a> Compared<'a> {
    fn new(definitions: &'a Map<String, Value>) -> Self {
        Self {
            definitions,
            shown: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    fn definition(&self, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
        let name = schema["$ref"].as_str()?.rsplit('/').next()?;
        Some((name, &self.definitions[name]))
    }

    fn compare(&mut self, schema: &'a Value, value: &Value, place: &str) {
        if let Some((name, definition)) = self.definition(schema) {
            self.shown.insert(name);
            self.compare(definition, value, place);
        }
        for choice in ["anyOf", "oneOf"] {
            if let Some(schemas) = schema[choice].as_array() {
                self.compare_with_one(schemas, value, place);
            }
        }
        let is_known = match (&schema["const"], &schema["enum"]) {
            (Value::Null, Value::Null) => true,
            (known, Value::Null) => known == value,
            (_, known) => known.as_array().is_some_and(|known| known.contains(value)),
        };
        if !is_known || !is_of_type(&schema["type"], value) {
            self.faults.push(format!("{place} is {value}"));
        }
        if let (Some(properties), Some(fields)) =
            (schema["properties"].as_object(), value.as_object())
        {
            self.compare_fields(properties, fields, place);
        }
        if let (Some(elements), false) = (value.as_array(), schema["items"].is_null()) {
            if elements.is_empty() {
                self.faults.push(format!("{place} shows no element"));
            }
            for (index, element) in elements.iter().enumerate() {
                self.compare(&schema["items"], element, &format!("{place}[{index}]"));
            }
        }
    }

    fn compare_with_one(&mut self, schemas: &'a [Value], value: &Value, place: &str) {
        let mut all = Vec::new();
        for schema in schemas {
            let mut one = Self::new(self.definitions);
            one.compare(schema, value, place);
            if one.faults.is_empty() {
                self.shown.extend(one.shown);
                return;
            }
            all.extend(one.faults);
        }
        self.faults.extend(all);
    }

    /// Each that the type has, and no other.
    fn compare_fields(
        &mut self,
        properties: &'a Map<String, Value>,
        fields: &Map<String, Value>,
        place: &str,
    ) {
        for (name, field) in fields {
            let place = format!("{place}.{name}");
            match properties.get(name) {
                Some(schema) => self.compare(schema, field, &place),
                None => self.faults.push(format!("{place} is no field of the type")),
            }
        }
        for (name, schema) in properties {
            if !fields.contains_key(name) {
                self.faults.push(format!("{place}.{name} is not shown"));
            }
            if !self.is_described(schema) {
                self.faults.push(format!("{place}.{name} is not described"));
            }
        }
    }

    /// By itself, or by its type.
    fn is_described(&self, schema: &'a Value) -> bool {
        let alternatives = schema["anyOf"].as_array().into_iter().flatten();
        schema["description"].is_string()
            || self
                .definition(schema)
                .is_some_and(|(_, definition)| self.is_described(definition))
            || alternatives
                .into_iter()
                .any(|alternative| self.is_described(alternative))
    }
}

fn is_of_type(expected: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("a type that is not expected here: {other}"),
    };
    match expected {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

/// Of all at once: what is shown of a type is shown by one of the examples.
fn assert_exact(mut generator: SchemaGenerator, examples: &[(String, schemars::Schema, Value)]) {
    let definitions = generator.take_definitions(true);
    let mut compared = Compared::new(&definitions);
    for (place, schema, example) in examples {
        compared.compare(schema.as_value(), example, place);
    }
    assert_eq!(compared.faults, Vec::<String>::new());
    for name in definitions.keys() {
        assert!(compared.shown.contains(name.as_str()), "{name}");
        // The name of a second type of that name has a number.
        assert!(
            !name.ends_with(|last: char| last.is_ascii_digit()),
            "{name}"
        );
    }
}

#[test]
fn every_route_is_documented() {
    let described: Vec<_> = documents().iter().map(|route| route.operation).collect();
    let open = OPEN.iter().map(|route| format!("{:?}", route.operation));
    let api = API.iter().map(|route| format!("{:?}", route.operation));
    assert_eq!(described, open.chain(api).collect::<Vec<_>>());
}

#[test]
fn an_example_of_a_request_has_every_field_and_is_taken() {
    let mut generator = SchemaSettings::draft2020_12()
        .for_deserialize()
        .into_generator();
    let mut examples = Vec::new();
    for route in documents() {
        if let Some(request) = route.request {
            let schema = (request.schema)(&mut generator);
            examples.push((route.operation.to_owned(), schema, request.example.clone()));
            if let Err(mistake) = (request.read)(request.example) {
                panic!("{}: {mistake}", route.operation);
            }
        }
    }
    assert_exact(generator, &examples);
}

#[test]
fn an_example_of_a_response_has_exactly_the_fields_of_its_type() {
    let mut generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let mut examples = vec![(
        "problem".to_owned(),
        generator.subschema_for::<Problem>(),
        problem(),
    )];
    for route in documents() {
        assert_eq!(
            route.response.is_none(),
            route.status == 204,
            "{}",
            route.operation
        );
        if let Some(response) = route.response {
            let schema = (response.schema)(&mut generator);
            examples.push((route.operation.to_owned(), schema, response.example));
        }
    }
    assert_exact(generator, &examples);
}
