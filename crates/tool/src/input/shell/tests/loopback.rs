//! What curl and wget send, held to what is read of their commands: run by a shell, on this machine.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Command,
    thread,
};

use super::{Content, calls};

/// Commands for a server at `BASE`.
const COMMANDS: &[&str] = &[
    "curl -s BASE/a?b=c",
    "curl -s -d a=b -d 'c d' BASE/a",
    "curl -s --json '{\"a\":' --json '1}' BASE/a",
    "curl -s -d 1 --json 2 -d 3 BASE/a",
    "curl -s --data-raw @x BASE/a",
    "curl -s --data-urlencode '{\"a\": \"é+~_.-\"}' BASE/a",
    "curl -s --data-urlencode 'a b=c d' --data-urlencode '=e f' --data-urlencode g= BASE/a",
    "curl -s --url-query 'a=b c' --url-query '+d=e%20f' 'BASE/a?b=1'",
    "curl -s -G -d b=1 -d 'c=2' --data-urlencode 'd=e f' BASE/a",
    "curl -s -G -d b=1 'BASE/a?x=y'",
    "curl -s -X PUT -H 'content-type: application/json' -d '{}' BASE/a",
    "curl -s -H 'content-type: application/json' -d @- BASE/a <<'E'\n{\"a\":1}\nE\n",
    "curl -s --data-binary @- BASE/a <<< '{\"a\":1}'",
    "printf '%s' '{}' | curl -s -d @- BASE/a",
    "curl -s -d \"$(cat <<'E'\n{\"a\":\"b'c\"}\nE\n)\" BASE/a",
    "curl -s -d $'{\"a\":\"\\u00e9\\'\\x41\"}' BASE/a",
    "curl -s -d '{'\"'\"'}' BASE/a",
    "curl -s -sXDELETE BASE/a",
    "wget -q -O - --post-data '{\"a\":1}' --header 'content-type: application/json' BASE/a",
    "wget -q -O - --method=PUT --body-data=a BASE/a",
    "wget -qO- BASE/a",
];

/// Method, path, media type and body of a request.
type Sent = (String, String, Option<String>, String);

fn received(stream: &TcpStream) -> Sent {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request line");
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (
        words.next().expect("a method"),
        words.next().expect("a path"),
    );
    let (mut media_type, mut length) = (None, 0);
    loop {
        let mut field = String::new();
        reader.read_line(&mut field).expect("a field");
        let Some((name, value)) = field.trim().split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-type" => media_type = Some(value.to_owned()),
            "content-length" => length = value.parse().expect("a length"),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    (
        method,
        path,
        media_type,
        String::from_utf8(body).expect("UTF-8"),
    )
}

#[test]
fn what_is_read_of_a_command_is_what_it_sends() {
    let has = |program: &str| Command::new(program).arg("--version").output().ok();
    let Some(version) = has("curl") else { return };
    let version = String::from_utf8_lossy(&version.stdout)
        .lines()
        .next()
        .map(str::to_owned);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let commands: Vec<_> = (COMMANDS.iter())
        .filter(|command| command.contains("curl ") || has("wget").is_some())
        .map(|command| command.replace("BASE", &base))
        .collect();
    let count = commands.len();
    let server = thread::spawn(move || {
        let streams = listener.incoming().take(count);
        let answers = streams.map(|stream| {
            let mut stream = stream.expect("a connection");
            let sent = received(&stream);
            let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(answer).expect("an answer");
            sent
        });
        answers.collect::<Vec<_>>()
    });
    for command in &commands {
        let status = Command::new("bash")
            .args(["-c", command])
            .env("no_proxy", "*")
            .output();
        assert!(status.expect("bash").status.success(), "{command}");
    }
    for (command, sent) in commands.iter().zip(server.join().expect("the server ends")) {
        let mut found = calls(command.as_bytes(), true).found;
        let Content::Exchange(read) = found.remove(0).content else {
            unreachable!("a call is an exchange")
        };
        let request = read.expect("a call").exchange.request;
        let path = request
            .url
            .strip_prefix(&base)
            .expect("the base")
            .to_owned();
        let body = request.body.expect("a body");
        // A line end behind JSON changes nothing, and curl leaves it out of some.
        let body = String::from_utf8_lossy(&body).trim_end().to_owned();
        let read: Sent = (
            request.method.into_owned(),
            path,
            request.headers.get("content-type").map(str::to_owned),
            body,
        );
        let (method, path, media_type, body) = sent;
        let sent = (method, path, media_type, body.trim_end().to_owned());
        assert_eq!(read, sent, "{command}, by {version:?}");
    }
}
