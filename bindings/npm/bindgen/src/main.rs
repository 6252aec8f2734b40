//! `kaizala-actions-bindgen MODULE FOLDER`: writes what JavaScript needs to call a module that
//! cargo has built, and the module without what only this needs.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [module, folder] = &arguments[..] else {
        return Err("usage: kaizala-actions-bindgen MODULE FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    // A classic script, which a page can load from a folder.
    bindgen.no_modules(true)?;
    bindgen
        .input_path(module)
        .out_name("bindgen")
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)?;
    Ok(())
}
