#![no_main]

#[path = "../checks.rs"]
#[expect(dead_code, reason = "the other grammar's check")]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::filter(text));
