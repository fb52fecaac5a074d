//! `/metrics`, requested over a socket as a scraper does.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use workload_agg::metrics::{Sampler, Server};
use workload_agg::{Footprint, Generator, Parts, Pipeline, Table, Tables, nearest_rank};

/// A port of the system's choice.
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

fn pipeline() -> Pipeline {
    Pipeline::fraud_team().expect("it is good")
}

fn feed(tables: &mut Tables<'_>, generator: &mut Generator, events: usize) {
    let kind = generator.kind();
    for _ in 0..events {
        tables.ingest(kind, &generator.next_event());
    }
}

/// Sends a request and returns head and body of the response.
fn ask(address: SocketAddr, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(stream, "{request} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    (head.to_owned(), body.to_owned())
}

/// Returns each sample's value by its name and labels.
fn scrape(address: SocketAddr) -> BTreeMap<String, u64> {
    let (head, body) = ask(address, "GET /metrics");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("content-type: application/openmetrics-text; version=1.0.0"), "{head}");
    assert!(body.ends_with("# EOF\n"), "{body}");
    let samples = body.lines().filter(|line| !line.starts_with('#'));
    samples
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').expect("a name and a value");
            (name.to_owned(), value.parse().expect("a whole number"))
        })
        .collect()
}

/// Returns the samples that must be served, from the slots themselves.
fn expected(tables: &Tables<'_>) -> BTreeMap<String, u64> {
    let mut samples = BTreeMap::new();
    for table in tables.iter() {
        expected_of(table, &mut samples);
    }
    samples
}

fn expected_of(table: &Table<'_>, samples: &mut BTreeMap<String, u64>) {
    let name = &table.spec().name;
    let mut put =
        |metric: &str, value| samples.insert(format!("{metric}{{table=\"{name}\"}}"), value);
    let mut entities = Vec::new();
    let mut operators = BTreeMap::<_, u64>::new();
    for (_, slots) in table.iter() {
        let mut bytes = size_of_val(slots) as u64;
        for (slot, feature) in slots.iter().zip(&table.spec().features) {
            let mut parts = Parts::default();
            slot.add_to(&mut parts);
            bytes += parts.bytes();
            *operators.entry(feature.op.name()).or_default() += parts.bytes();
        }
        entities.push(bytes);
    }
    entities.sort_unstable();
    let stack = (table.entities() * table.spec().features.len() * 80) as u64;
    put("entities", entities.len() as u64);
    put("sampled_entities", entities.len() as u64);
    put("events_total", table.events());
    put("stack_bytes", stack);
    put("heap_bytes", entities.iter().sum::<u64>() - stack);
    put("index_bytes", table.index().bytes());
    for (metric, percent) in [("bytes_per_entity_p50", 50), ("bytes_per_entity_p99", 99)] {
        nearest_rank(&entities, percent).map(|value| put(metric, value));
    }
    for feature in &table.spec().features {
        let operator = feature.op.name();
        let heap = operators.get(operator).copied().unwrap_or_default();
        let labels = format!("{{table=\"{name}\",operator=\"{operator}\"}}");
        samples.insert(format!("operator_heap_bytes{labels}"), heap);
    }
}

#[test]
fn what_is_served_is_what_the_tables_hold_when_sampled() {
    let pipeline = pipeline();
    let mut tables = Tables::new(&pipeline);
    let mut generator = Generator::new(&pipeline).expect("it has payments");
    let mut sampler = Sampler::new(&tables);
    let server = Server::bind(ANY, sampler.published()).expect("a port is free");
    let empty = scrape(server.local_addr());
    assert_eq!(empty, expected(&tables));
    assert!(!empty.contains_key("bytes_per_entity_p99{table=\"TxnByUser\"}"), "of no entity");

    feed(&mut tables, &mut generator, 500);
    assert_eq!(scrape(server.local_addr()), empty, "nothing was sampled since");
    sampler.sample(&tables);
    let some = scrape(server.local_addr());
    assert_eq!(some, expected(&tables));
    assert!(some["bytes_per_entity_p99{table=\"TxnByUser\"}"] > 62 * 80);

    feed(&mut tables, &mut generator, 500);
    sampler.sample(&tables);
    let more = scrape(server.local_addr());
    assert_eq!(more, expected(&tables));
    assert_ne!(more, some);
    server.stop().expect("it served until now");
}

#[test]
fn a_large_table_is_sampled_and_scaled() {
    let text = "[events.Txn]\nuser_id = \"str\"\n[[tables]]\nname = \"T\"\nevent = \"Txn\"\nkey = \"user_id\"\n\
                features = [{ name = \"c\", op = \"count\", window = \"1h\" }]";
    let pipeline = Pipeline::parse("test.toml", text).expect("it is good");
    let mut tables = Tables::new(&pipeline);
    feed(&mut tables, &mut Generator::new(&pipeline).expect("it has payments"), 10_000);
    let entities = tables.iter().next().expect("one table").entities() as u64;
    assert!(entities > 2 * 4_096);
    let snapshot = Sampler::new(&tables).published().latest();
    let [table] = &snapshot.tables[..] else { panic!("one table") };
    assert_eq!((table.entities, table.sampled), (entities, entities.div_ceil(3)));
    // Every entity has one bucket or few, so a third of them represents all well.
    let exact = tables.iter().next().expect("one table").audit(1).heap();
    assert!(table.heap_bytes.abs_diff(exact) * 100 <= exact, "{} {exact}", table.heap_bytes);
    assert_eq!(table.operators, [("count", table.heap_bytes)]);
}

#[test]
fn a_sample_is_taken_when_it_is_due_and_not_before() {
    let pipeline = pipeline();
    let tables = Tables::new(&pipeline);
    assert!(!Sampler::every(Duration::from_secs(3_600), &tables).sample_if_due(&tables));
    let mut eager = Sampler::every(Duration::ZERO, &tables);
    while !eager.sample_if_due(&tables) {}
}

#[test]
fn whoever_renders_an_old_snapshot_holds_nobody_up() {
    let pipeline = pipeline();
    let mut tables = Tables::new(&pipeline);
    let mut sampler = Sampler::new(&tables);
    let held = sampler.published().latest();
    feed(&mut tables, &mut Generator::new(&pipeline).expect("it has payments"), 1);
    sampler.sample(&tables);
    assert_eq!(held.tables[0].events, 0);
    assert_eq!(sampler.published().latest().tables[0].events, 1);
}

#[test]
fn only_metrics_and_only_reading() {
    let pipeline = pipeline();
    let sampler = Sampler::new(&Tables::new(&pipeline));
    let server = Server::bind(ANY, sampler.published()).expect("a port is free");
    for (request, status) in [
        ("GET /", "HTTP/1.1 404 "),
        ("GET /metrics/", "HTTP/1.1 404 "),
        ("POST /metrics", "HTTP/1.1 405 "),
        ("HEAD /metrics", "HTTP/1.1 200 "),
    ] {
        let (head, body) = ask(server.local_addr(), request);
        assert!(head.starts_with(status), "{request}: {head}");
        assert_eq!(body, "", "{request}");
    }
}

#[test]
fn a_server_that_was_stopped_is_gone_whatever_its_clients_do() {
    let pipeline = pipeline();
    let sampler = Sampler::new(&Tables::new(&pipeline));
    let server = Server::bind(ANY, sampler.published()).expect("a port is free");
    let address = server.local_addr();
    let taken = Server::bind(address, sampler.published());
    assert_eq!(taken.expect_err("it is in use").kind(), std::io::ErrorKind::AddrInUse);
    // A client that began a request and sends no more.
    let mut silent = TcpStream::connect(address).expect("the server listens");
    silent.write_all(b"GET /met").expect("sent");
    server.stop().expect("it served until now");
    assert!(TcpStream::connect(address).is_err());
}
