//! The options of curl: what they mean for the request, and whether a value comes with them.

use super::words::Word;

/// What to do about a body that is in a file.
pub(crate) const BODY_FILE: &str = "lint the file itself, with --as OPERATION.DIRECTION";

/// What an option does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing that matters, without a value.
    Flag,
    /// The same, with one.
    Ignored,
    Method,
    Url,
    Header,
    /// Data, or the name of a file after `@`.
    Data,
    /// Data, whatever it begins with.
    Raw,
    Json,
    /// A part of a form, which is no JSON.
    Form,
    /// Data goes into the query.
    Get,
    Head,
    Bearer,
    User,
    /// What is sent, or more options, is in a file; what to do about it.
    File(&'static str),
    /// Another request in the same command.
    Next,
}

/// Long options that take a value and do nothing that matters here; by the manual of curl 8.
const WITH_VALUE: &[&str] = &[
    "abstract-unix-socket",
    "alt-svc",
    "aws-sigv4",
    "cacert",
    "capath",
    "cert",
    "cert-type",
    "ciphers",
    "connect-timeout",
    "connect-to",
    "continue-at",
    "cookie",
    "cookie-jar",
    "create-file-mode",
    "crlfile",
    "curves",
    "delegation",
    "dns-interface",
    "dns-ipv4-addr",
    "dns-ipv6-addr",
    "dns-servers",
    "doh-url",
    "dump-header",
    "ech",
    "egd-file",
    "engine",
    "etag-compare",
    "etag-save",
    "expect100-timeout",
    "form-string",
    "ftp-account",
    "ftp-method",
    "ftp-port",
    "ftp-ssl-ccc-mode",
    "happy-eyeballs-timeout-ms",
    "haproxy-clientip",
    "help",
    "hostpubmd5",
    "hostpubsha256",
    "hsts",
    "interface",
    "ipfs-gateway",
    "ip-tos",
    "keepalive-cnt",
    "keepalive-time",
    "key",
    "key-type",
    "krb",
    "libcurl",
    "limit-rate",
    "local-port",
    "login-options",
    "mail-auth",
    "mail-from",
    "mail-rcpt",
    "max-filesize",
    "max-redirs",
    "max-time",
    "netrc-file",
    "noproxy",
    "output",
    "output-dir",
    "parallel-max",
    "pass",
    "pinnedpubkey",
    "preproxy",
    "proto",
    "proto-default",
    "proto-redir",
    "proxy",
    "proxy-cacert",
    "proxy-capath",
    "proxy-cert",
    "proxy-cert-type",
    "proxy-ciphers",
    "proxy-crlfile",
    "proxy-header",
    "proxy-key",
    "proxy-key-type",
    "proxy-pass",
    "proxy-pinnedpubkey",
    "proxy-service-name",
    "proxy-tls13-ciphers",
    "proxy-tlsauthtype",
    "proxy-tlspassword",
    "proxy-tlsuser",
    "proxy-user",
    "proxy1.0",
    "pubkey",
    "quote",
    "random-file",
    "range",
    "rate",
    "referer",
    "request-target",
    "resolve",
    "retry",
    "retry-delay",
    "retry-max-time",
    "sasl-authzid",
    "service-name",
    "socks4",
    "socks4a",
    "socks5",
    "socks5-gssapi-service",
    "socks5-hostname",
    "speed-limit",
    "speed-time",
    "stderr",
    "telnet-option",
    "tftp-blksize",
    "time-cond",
    "tls-max",
    "tls13-ciphers",
    "tlsauthtype",
    "tlspassword",
    "tlsuser",
    "trace",
    "trace-ascii",
    "trace-config",
    "unix-socket",
    "url-query",
    "user-agent",
    "variable",
    "vlan-priority",
    "write-out",
];

/// The same as letters.
const LETTERS_WITH_VALUE: &[u8] = b"AbcCDeEhmoPQrtUwxyYz";

/// What an option does, as it is written, with its hyphens.
pub(crate) fn effect(option: &str) -> Effect {
    match option {
        "-X" | "--request" => Effect::Method,
        "--url" => Effect::Url,
        "-H" | "--header" => Effect::Header,
        "-d" | "--data" | "--data-ascii" | "--data-binary" => Effect::Data,
        "--data-raw" | "--data-urlencode" => Effect::Raw,
        "--json" => Effect::Json,
        "-F" | "--form" | "--form-string" => Effect::Form,
        "-G" | "--get" => Effect::Get,
        "-I" | "--head" => Effect::Head,
        "--oauth2-bearer" => Effect::Bearer,
        "-u" | "--user" => Effect::User,
        "-T" | "--upload-file" => Effect::File(BODY_FILE),
        "-K" | "--config" => Effect::File("write the options in the command"),
        "-:" | "--next" => Effect::Next,
        _ => {
            let takes_value = match option.strip_prefix("--") {
                Some(name) => WITH_VALUE.contains(&name),
                None => option
                    .as_bytes()
                    .get(1)
                    .is_some_and(|letter| LETTERS_WITH_VALUE.contains(letter)),
            };
            if takes_value {
                Effect::Ignored
            } else {
                Effect::Flag
            }
        }
    }
}

/// The options in one word, with what follows each in the word.
pub(crate) struct Letters<'w> {
    word: &'w Word,
    at: usize,
}

impl<'w> Letters<'w> {
    pub fn of(word: &'w Word) -> Self {
        Self { word, at: 1 }
    }

    pub fn end(&mut self) {
        self.at = self.word.text.len();
    }
}

impl Iterator for Letters<'_> {
    type Item = (String, Option<Word>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = &self.word.text;
        if text.starts_with(b"--") {
            let first = self.at == 1;
            self.end();
            return first.then(|| (self.word.lossy().into_owned(), None));
        }
        let letter = *text.get(self.at)?;
        self.at += 1;
        let source = self
            .word
            .source
            .as_ref()
            .map(|source| source.start + self.at..source.end);
        let rest = Word {
            text: text[self.at..].to_vec(),
            span: self.word.span.clone(),
            source,
        };
        Some((format!("-{}", char::from(letter)), Some(rest)))
    }
}
