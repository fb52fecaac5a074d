//! The command as a server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{Place, interrupt, text};

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn figures_are_served_while_payments_come_in_and_an_interrupt_ends_it() {
    let place = Place::new();
    let mut command = place.command("--serve 127.0.0.1:0 --rate 1000 --events 400");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("the command can be run");
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
    stdout.read_line(&mut line).expect("it says where");
    let address =
        line.strip_prefix("serving http://").and_then(|line| line.strip_suffix("/metrics\n"));
    let address = address.unwrap_or_else(|| panic!("{line}"));
    let started = Instant::now();
    // The first sample had none yet; the last has all of them.
    while !scrape(address).contains("events_total{table=\"TxnByUser\"} 400\n") {
        assert!(started.elapsed() < PATIENCE, "{}", scrape(address));
        sleep(Duration::from_millis(50));
    }
    assert!(scrape(address).contains("bytes_per_entity_p99{table=\"TxnByUser\"} "));
    interrupt(&child);
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    assert!(TcpStream::connect(address).is_err(), "it still listens");
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn an_address_in_use_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = taken.local_addr().expect("it has an address");
    let said = Place::new().failure(&format!("--serve {address}"), 1);
    let expected = format!("error: failed to listen at {address}: Address ");
    assert!(said.starts_with(&expected), "{said}");
}

fn scrape(address: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        .expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer
}
