//! The completions, asked of the shells: those that this machine has.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
};

use crate::helpers::{Folder, tool};

/// The line so far, and some of what is to be offered, with something that is not.
const LINES: [(&str, &[&str], &str); 9] = [
    ("lint --for", &["--format"], "--fix"),
    (
        "lint --format ",
        &["full", "concise", "sarif", "summary"],
        "xml",
    ),
    (
        "lint --as post-",
        &["post-action.request", "post-action.response"],
        "get-action.response",
    ),
    ("lint --ignore wrong-", &["wrong-type"], "missing-member"),
    ("lint --input h", &["har"], "json"),
    ("explain ", &["unsupported-method", "wrong-type"], "audio"),
    ("list g ", &["image", "letsmeet", "shareLocation"], "audio"),
    ("schema err", &["error.response"], "config"),
    ("completions z", &["zsh"], "bash"),
];

/// What a shell offers, a word on a line; none where the machine does not have the shell.
fn offered(shell: &str, line: &str) -> Option<Vec<String>> {
    let folder = Folder::empty();
    let completions = tool(&["completions", shell], "").stdout;
    // Where zsh looks for the completion of a command.
    folder.write("_kaizala-actions", &completions);
    let ask = match shell {
        "bash" => BASH,
        "fish" => FISH,
        _ => ZSH,
    };
    let asked = Command::new(shell)
        .args(if shell == "bash" {
            &["--norc", "--noprofile"][..]
        } else {
            &[]
        })
        .args(if shell == "zsh" { &["-f"][..] } else { &[] })
        .args(["-c", ask])
        .env("LINE", format!("kaizala-actions {line}"))
        .env("HERE", folder.0.path())
        .env("HOME", folder.0.path())
        .env("TERM", "dumb")
        .current_dir(folder.0.path())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let words = String::from_utf8_lossy(&asked.stdout);
    let words: Vec<_> = words
        .split(['\n', '\r'])
        .map(|word| word.trim().to_owned())
        .collect();
    Some(words)
}

/// As bash calls the function that is registered for the command.
const BASH: &str = r#"
source "$HERE/_kaizala-actions"
read -ra COMP_WORDS <<<"$LINE"
[[ $LINE == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
function=$(complete -p kaizala-actions | sed 's/.*-F \([^ ]*\).*/\1/')
"$function" kaizala-actions "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"#;

const FISH: &str = r#"
source "$HERE/_kaizala-actions"
complete --do-complete="$LINE" | string replace --regex '\t.*' ''
"#;

/// In a terminal of its own, since zsh completes nowhere else. What is offered passes through
/// `compadd`. All but one line is in a file, since what is typed is echoed.
const ZSH: &str = r#"
cat >$HERE/setup <<'END'
PS1=
unsetopt zle_bracketed_paste
fpath=($HERE $fpath)
autoload -U compinit
compinit -u -D
source $HERE/_kaizala-actions
compadd() {
  [[ ${@[1,(i)(-|--)]} == *-[OAD]\ * ]] && { builtin compadd "$@"; return }
  local -a hits
  builtin compadd -O hits "$@"
  print -rl -- offered:$^hits
}
stop() { print END-OF-LIST; exit }
zle -N stop
bindkey '^X' stop
bindkey '^I' complete-word
print READY
END
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source $HERE/setup'
while zpty -r shell answer; do [[ $answer == *READY* ]] && break; done
zpty -n -w shell "$LINE"$'\t\x18'
while zpty -r shell answer; do
  [[ $answer == *offered:* ]] && print -r -- "${answer##*offered:}"
  [[ $answer == *END-OF-LIST* ]] && break
done
"#;

#[test]
fn shells_complete_options_and_values() {
    let has = |shell: &str| {
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path).any(|folder| folder.join(shell).is_file())
    };
    for shell in ["bash", "zsh", "fish"] {
        // CI has all of them: `.ci/run` installs those that are missing.
        if !has(shell) {
            // Past the test's own capture: somebody should see it.
            let note = "is not on this machine, so that its completions are not tested";
            writeln!(io::stderr(), "{shell} {note}").expect("it is open");
            continue;
        }
        for (line, expected, other) in LINES {
            if line.starts_with("list") && cfg!(not(feature = "client")) {
                continue;
            }
            let words = offered(shell, line).expect("it runs");
            for word in expected {
                assert!(
                    words.iter().any(|offered| offered == word),
                    "{shell}: {line}: no {word} in {words:?}"
                );
            }
            assert!(
                !words.iter().any(|offered| offered == other),
                "{shell}: {line}: {other} in {words:?}"
            );
        }
    }
}
