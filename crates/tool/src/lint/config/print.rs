//! `lint --print-config`: the settings as a file that makes them, with where each comes from.

use std::io::{self, Write};

use kaizala_actions::lint::printable;

use super::{
    file::{Config, GLOBS, OVERRIDES, Override},
    key::{KEYS, Key, Located, Setting, Shape},
    value::quoted,
};
use crate::lint::args::LintArgs;

/// Prints what holds: `args` are the arguments that were `given`, filled up with the file.
pub(crate) fn print(
    args: &LintArgs,
    given: &LintArgs,
    config: Option<&Config>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let file = config.map(|config| config.file.display().to_string());
    let file = file.as_deref().map(printable);
    let line = |line: usize| format!("{}:{line}", file.as_deref().unwrap_or_default());
    match &file {
        Some(file) => writeln!(out, "# {file}")?,
        None => writeln!(out, "# no kaizala-actions.toml here or above")?,
    }
    let of = |key: &Key, settings: &[Located]| -> Vec<(Setting, String)> {
        let settings = settings
            .iter()
            .filter(|located| located.key.name == key.name);
        settings
            .map(|located| (located.setting.clone(), line(located.line)))
            .collect()
    };
    let general = config.map_or(&[][..], |config| &config.settings);
    for key in KEYS {
        let mut settings = of(key, general);
        let is_given = |setting| (setting, "command line".to_owned());
        let given = (key.given)(given).into_iter().map(is_given);
        match key.shape {
            Shape::Allowances => {
                settings.extend(given);
                if !settings.is_empty() {
                    writeln!(out, "{} = [", key.name)?;
                    for (setting, origin) in settings {
                        writeln!(out, "    {}, # {origin}", setting.toml())?;
                    }
                    writeln!(out, "]")?;
                }
            }
            Shape::Rules => {
                settings.extend(given);
                // The last that is said of a rule holds.
                let mut rest = &settings[..];
                let mut last = Vec::new();
                while let [setting, after @ ..] = rest {
                    let name = rule(&setting.0);
                    if after.iter().all(|(other, _)| rule(other) != name) {
                        last.push(setting.clone());
                    }
                    rest = after;
                }
                print_rules(&last, key.name, out)?;
            }
            _ => {
                let default = (Setting::DenyWarnings(false), "default".to_owned());
                let (_, origin) = given.chain(settings).next().unwrap_or(default);
                for setting in (key.given)(args) {
                    writeln!(out, "{} = {} # {origin}", key.name, setting.toml())?;
                }
            }
        }
    }
    let overrides = config.map_or(&[][..], |config| &config.overrides);
    for Override {
        patterns,
        settings,
        line: start,
        ..
    } in overrides
    {
        let patterns: Vec<_> = patterns.iter().map(|pattern| quoted(pattern)).collect();
        let patterns = patterns.join(", ");
        writeln!(
            out,
            "\n[[{OVERRIDES}]] # {}\n{GLOBS} = [{patterns}]",
            line(*start)
        )?;
        for key in KEYS {
            let settings = of(key, settings);
            let values: Vec<_> = settings.iter().map(|(setting, _)| setting.toml()).collect();
            match key.shape {
                Shape::Rules => print_rules(&settings, &format!("{OVERRIDES}.{}", key.name), out)?,
                _ if values.is_empty() => {}
                Shape::Allowances => writeln!(out, "{} = [{}]", key.name, values.join(", "))?,
                _ => writeln!(out, "{} = {}", key.name, values.concat())?,
            }
        }
    }
    Ok(())
}

fn rule(setting: &Setting) -> &'static str {
    match setting {
        Setting::Rule(rule, _) => rule.name,
        _ => "",
    }
}

fn print_rules(settings: &[(Setting, String)], table: &str, out: &mut dyn Write) -> io::Result<()> {
    if !settings.is_empty() {
        writeln!(out, "\n[{table}]")?;
    }
    settings.iter().try_for_each(|(setting, origin)| {
        writeln!(out, "{} = {} # {origin}", rule(setting), setting.toml())
    })
}
