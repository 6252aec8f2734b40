//! The parts of a language that are coloured.

/// How the text of an example is read.
pub(super) enum Text {
    In(&'static Grammar),
    /// Commands behind `$ `, and what they print.
    Session(&'static Grammar),
    Plain,
}

pub(super) struct Grammar {
    /// What a comment begins with, which ends with its line.
    pub comments: &'static [&'static str],
    pub quotes: &'static [Quote],
    pub keywords: &'static [&'static str],
    pub constants: &'static [&'static str],
    /// Whether a string before a colon is the name of a member.
    pub has_members: bool,
    /// Whether words are commands, options and variables.
    pub is_shell: bool,
    /// What is in single quotes if it begins as an object.
    pub within_quotes: Option<&'static Grammar>,
}

/// How a string is written.
pub(super) struct Quote {
    pub open: &'static str,
    close: &'static str,
    has_escapes: bool,
    /// Whether it goes on behind the end of a line.
    is_long: bool,
}

impl Quote {
    const fn new(open: &'static str, close: &'static str) -> Self {
        Self {
            open,
            close,
            has_escapes: true,
            is_long: false,
        }
    }

    const fn raw(mut self) -> Self {
        self.has_escapes = false;
        self.long()
    }

    const fn long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// The length of the string that a text begins with, if it ends.
    pub fn length(&self, text: &str) -> Option<usize> {
        let mut is_escaped = false;
        let start = self.open.len();
        for (at, sign) in text[start..].char_indices() {
            let at = start + at;
            if sign == '\n' && !self.is_long {
                return None;
            }
            if is_escaped {
                is_escaped = false;
            } else if sign == '\\' && self.has_escapes {
                is_escaped = true;
            } else if text[at..].starts_with(self.close) {
                return Some(at + self.close.len());
            }
        }
        None
    }
}

impl Text {
    /// Of a language by the name that the pages or the guide have for it.
    pub fn of(language: &str) -> Self {
        let name = language.split(',').next().unwrap_or_default();
        match name.to_lowercase().as_str() {
            "json" => Self::In(&JSON),
            "curl" | "sh" => Self::In(&SHELL),
            "console" | "shell-session" => Self::Session(&SHELL),
            "rust" => Self::In(&RUST),
            "typescript" => Self::In(&TYPESCRIPT),
            "python" => Self::In(&PYTHON),
            "go" => Self::In(&GO),
            "java" => Self::In(&JAVA),
            "yaml" => Self::In(&YAML),
            _ => Self::Plain,
        }
    }
}

const DOUBLE: Quote = Quote::new("\"", "\"");
const SINGLE: Quote = Quote::new("'", "'");
const BACKTICK: Quote = Quote::new("`", "`");

const PLAIN: Grammar = Grammar {
    comments: &["//"],
    quotes: &[],
    keywords: &[],
    constants: &["false", "null", "true"],
    has_members: false,
    is_shell: false,
    within_quotes: None,
};

static JSON: Grammar = Grammar {
    comments: &[],
    quotes: &[DOUBLE],
    has_members: true,
    ..PLAIN
};

static SHELL: Grammar = Grammar {
    comments: &["# "],
    quotes: &[DOUBLE.long(), SINGLE.raw()],
    constants: &[],
    is_shell: true,
    within_quotes: Some(&JSON),
    ..PLAIN
};

static YAML: Grammar = Grammar {
    comments: &["# "],
    quotes: &[DOUBLE, SINGLE],
    ..PLAIN
};

static RUST: Grammar = Grammar {
    // A single quote begins a lifetime as well.
    quotes: &[
        Quote::new("r#\"", "\"#").raw(),
        Quote::new("r\"", "\"").raw(),
        DOUBLE.long(),
    ],
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "else", "enum", "fn", "for", "if",
        "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
        "struct", "trait", "use", "where", "while",
    ],
    constants: &["None", "false", "self", "true"],
    ..PLAIN
};

static TYPESCRIPT: Grammar = Grammar {
    quotes: &[DOUBLE, SINGLE, BACKTICK.long()],
    keywords: &[
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "default",
        "else",
        "export",
        "for",
        "from",
        "function",
        "if",
        "import",
        "in",
        "interface",
        "let",
        "new",
        "of",
        "return",
        "switch",
        "throw",
        "try",
        "type",
        "typeof",
        "while",
    ],
    constants: &["false", "null", "this", "true", "undefined"],
    ..PLAIN
};

static PYTHON: Grammar = Grammar {
    comments: &["#"],
    quotes: &[
        Quote::new("\"\"\"", "\"\"\"").long(),
        Quote::new("'''", "'''").long(),
        DOUBLE,
        SINGLE,
    ],
    keywords: &[
        "and", "as", "assert", "async", "await", "class", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "if", "import", "in", "is", "lambda", "not", "or", "pass",
        "raise", "return", "try", "while", "with", "yield",
    ],
    constants: &["False", "None", "True"],
    ..PLAIN
};

static GO: Grammar = Grammar {
    quotes: &[DOUBLE, SINGLE, BACKTICK.raw()],
    keywords: &[
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "for",
        "func",
        "go",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ],
    constants: &["false", "nil", "true"],
    ..PLAIN
};

static JAVA: Grammar = Grammar {
    quotes: &[Quote::new("\"\"\"", "\"\"\"").long(), DOUBLE, SINGLE],
    keywords: &[
        "case",
        "catch",
        "class",
        "else",
        "extends",
        "final",
        "for",
        "if",
        "implements",
        "import",
        "instanceof",
        "new",
        "package",
        "private",
        "public",
        "return",
        "static",
        "switch",
        "throw",
        "throws",
        "try",
        "var",
        "void",
        "while",
    ],
    constants: &["false", "null", "this", "true"],
    ..PLAIN
};
