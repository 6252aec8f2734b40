//! The server as a process of its own.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use crate::http::send;

pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        Self::run(
            Command::new(env!("CARGO_BIN_EXE_kaizala-actions")),
            arguments,
        )
    }

    /// Starts it by a shell that first runs some commands, and then becomes the server.
    pub fn start_after(commands: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!("{commands}; exec \"$0\" \"$@\"")])
            .arg(env!("CARGO_BIN_EXE_kaizala-actions"));
        Self::run(command, arguments)
    }

    fn run(mut command: Command, arguments: &[&str]) -> Self {
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--quiet"])
            .args(arguments);
        Self::spawn(command)
    }

    /// Starts a proxy.
    pub fn proxy(upstream: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaizala-actions"));
        command
            .args([
                "proxy",
                "--upstream",
                upstream,
                "--listen",
                "127.0.0.1:0",
                "--no-config",
            ])
            .args(arguments)
            .stderr(Stdio::piped());
        Self::spawn(command)
    }

    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .split_once("://")
            .map(|(_, address)| address)
            .and_then(|address| address.parse().ok())
            .expect("an address");
        Self { child, address }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it wrote to stderr, once it has ended.
    pub fn log(&mut self) -> String {
        let mut log = String::new();
        let mut stderr = self.child.stderr.take().expect("piped");
        stderr.read_to_string(&mut log).expect("UTF-8");
        log
    }

    pub fn health(&self) -> serde_json::Value {
        send(self.address, "GET", "/_sandbox/health", "").json()
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
