//! The options of curl and wget that do nothing which matters here, but come with a value.

/// Long ones; by the manual of curl 8.
const WITH_VALUE: &str = "\
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers connect-timeout \
    connect-to continue-at cookie cookie-jar create-file-mode crlfile curves delegation \
    dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine \
    etag-compare etag-save expect100-timeout ftp-account ftp-method ftp-port ftp-ssl-ccc-mode \
    happy-eyeballs-timeout-ms haproxy-clientip help hostpubmd5 hostpubsha256 hsts interface ip-tos \
    ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port \
    login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file \
    noproxy output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default \
    proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers \
    proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey \
    proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser \
    proxy-user proxy1.0 pubkey quote random-file range rate referer request-target resolve retry \
    retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 \
    socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize \
    time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config \
    unix-socket user-agent variable vlan-priority write-out";

/// Those of one letter.
const LETTERS_WITH_VALUE: &str = "AbcCDeEhmoPQrtUwxyYz";

/// Whether a value comes with an option that does nothing which matters, as it is written, with its hyphens.
pub(super) fn takes_value(option: &str) -> bool {
    match option.strip_prefix("--") {
        Some(name) => WITH_VALUE.split(' ').any(|known| known == name),
        None => option[1..].starts_with(|letter| LETTERS_WITH_VALUE.contains(letter)),
    }
}

/// Long options of wget with a value; by the manual of wget 1.21.
const WGET_WITH_VALUE: &str = "\
    accept accept-regex append-output base bind-address body-data body-file \
    ca-certificate ca-directory certificate certificate-type ciphers compression config \
    connect-timeout crl-file cut-dirs default-page directory-prefix dns-timeout domains egd-file \
    exclude-directories exclude-domains execute follow-tags header hsts-file http-password \
    http-user ignore-tags include-directories input-file input-metalink level limit-rate \
    load-cookies local-encoding max-redirect method output-document output-file password \
    pinnedpubkey post-data post-file prefer-family preferred-location private-key \
    private-key-type progress proxy-password proxy-user quota random-file read-timeout referer \
    regex-type reject reject-regex rejected-log remote-encoding report-speed \
    restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos timeout tries \
    use-askpass user user-agent wait waitretry warc-cdx warc-dedup warc-file warc-header \
    warc-max-size warc-tempdir";

const WGET_LETTERS_WITH_VALUE: &str = "aABDeGiIloOPQRtTUwX";

/// Whether a value comes with an option of wget, as it is written, with its hyphens.
pub(super) fn wget_takes_value(option: &str) -> bool {
    match option.strip_prefix("--") {
        Some(name) => WGET_WITH_VALUE.split(' ').any(|known| known == name),
        None => option[1..].starts_with(|letter| WGET_LETTERS_WITH_VALUE.contains(letter)),
    }
}
