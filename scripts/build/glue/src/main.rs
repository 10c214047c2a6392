//! `glue WASM FOLDER`: writes `index.js` and `index_bg.wasm`, the module and its JavaScript glue, for workerd.

use std::env::args;
use std::error::Error;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = args().skip(1).collect();
    let [wasm, folder] = arguments.as_slice() else {
        eprintln!("Usage: glue WASM FOLDER");
        return ExitCode::from(2);
    };
    match generate(wasm, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn generate(wasm: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("index")
        // The module is imported as a value and instantiated by the glue: workerd compiles it when it loads the Worker.
        .module(true)?
        .typescript(false)
        // An instance that trapped is given up for a new one (scripts/build/entry.mjs): `worker` asks for both.
        .reset_state_function(true)
        .force_enable_abort_handler(true)
        .generate(folder)?;
    Ok(())
}
