//! The playground, which is there if there is an engine for it.

use std::collections::BTreeSet;

use kaizala_actions::body::BodyKind;
use kaizala_actions_reference::{self as reference, Engine, File};

use crate::html::attributes;

fn engine() -> Engine {
    let version = env!("CARGO_PKG_VERSION");
    let script = format!("// The linter as WebAssembly, made by kaizala-actions {version}\n");
    Engine::new(script).unwrap()
}

fn names(files: &[File]) -> BTreeSet<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn it_is_one_page_and_two_scripts_more() {
    let engine = engine();
    for (without, with) in [
        (reference::files(), reference::files_with(Some(&engine))),
        (
            reference::served_files(),
            reference::served_files_with(Some(&engine)),
        ),
    ] {
        let more: Vec<_> = names(&with).difference(&names(&without)).copied().collect();
        assert_eq!(
            more,
            ["playground-engine.js", "playground.html", "playground.js"]
        );
        for file in &with {
            assert!(File::is_known(&file.text), "{}", file.name);
            let is_page = file.media_type.starts_with("text/html");
            assert_eq!(
                is_page && file.text.contains("href=\"playground.html\""),
                is_page,
                "{}",
                file.name
            );
        }
        for file in &without {
            assert!(!file.text.contains("playground.html"), "{}", file.name);
        }
    }
}

#[test]
fn its_page_alone_may_compile_and_may_not_connect() {
    for files in [
        reference::files_with(Some(&engine())),
        reference::served_files_with(Some(&engine())),
    ] {
        for file in &files {
            let is_playground = file.name == "playground.html";
            assert_eq!(
                file.policy == reference::PLAYGROUND_POLICY,
                is_playground,
                "{}",
                file.name
            );
            assert_eq!(
                attributes(&file.text, "content")
                    .iter()
                    .any(|content| content.contains("wasm-unsafe-eval")),
                is_playground,
                "{}",
                file.name
            );
        }
        let page = files.iter().find(|file| file.name == "playground.html");
        let page = page.unwrap();
        let scripts: Vec<_> = attributes(&page.text, "src");
        assert_eq!(
            scripts,
            [
                "reference.js",
                "search.js",
                "playground-engine.js",
                "playground.js"
            ]
        );
        for kind in BodyKind::ALL {
            assert!(page.text.contains(&format!("<option>{kind}</option>")));
        }
    }
    let without = |policy: &str| policy.replace(" 'wasm-unsafe-eval'", "");
    assert_eq!(without(reference::PLAYGROUND_POLICY), reference::POLICY);
}

#[test]
fn another_script_is_refused_with_what_to_do() {
    let table = [
        ("", "not the engine"),
        ("alert(1)", "not the engine"),
        (
            "// The linter as WebAssembly, made by kaizala-actions 0.0.1\n",
            "\"0.0.1\"",
        ),
        (
            "// The linter as WebAssembly, made by kaizala-actions \u{1b}[2J\n",
            "\"\\u{1b}[2J\"",
        ),
    ];
    for (script, said) in table {
        let error = Engine::new(script.to_owned()).unwrap_err().to_string();
        assert!(
            error.contains(said) && error.contains("npm run build"),
            "{error}"
        );
    }
}
