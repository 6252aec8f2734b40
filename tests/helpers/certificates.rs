//! Certificates that OpenSSL makes.

use std::{fs, path::Path, process::Command};

/// Makes `ca.pem`, and `server.pem` with `server.key` for 127.0.0.1.
pub fn certificates(folder: &Path) {
    let made = |arguments: &str| {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(folder)
            .output()
            .expect("openssl runs");
        assert!(output.status.success(), "{output:?}");
    };
    fs::write(
        folder.join("server.ext"),
        "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n",
    )
    .unwrap();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    made(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 30 -subj /CN=tests"
    ));
    made(&format!(
        "req {key} -keyout server.key -out server.csr -subj /CN=127.0.0.1"
    ));
    made(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile server.ext -out server.pem",
    );
}
