//! The tables' contents, and the memory that they report.

use workload_agg::{Footprint, Generator, Parts, Pipeline, Tables};

fn fed<'p>(pipeline: &'p Pipeline, events: usize) -> Tables<'p> {
    let mut tables = Tables::new(pipeline);
    let mut generator = Generator::new(pipeline).expect("it has payments");
    let kind = generator.kind();
    for _ in 0..events {
        tables.ingest(kind, &generator.next_event());
    }
    tables
}

#[test]
fn an_event_goes_to_every_table_of_its_kind() {
    let pipeline = Pipeline::fraud_team().expect("it is good");
    let tables = fed(&pipeline, 300);
    for table in tables.iter() {
        let of_payments = table.spec().name.starts_with("Txn");
        assert_eq!(table.events(), if of_payments { 300 } else { 0 });
        assert_eq!(table.entities() > 0, of_payments);
        assert_eq!(table.iter().count(), table.entities());
        assert!(table.iter().all(|(_, slots)| slots.len() == table.spec().features.len()));
    }
}

#[test]
fn an_audit_of_all_is_the_sum_of_the_slots() {
    let pipeline = Pipeline::fraud_team().expect("it is good");
    let tables = fed(&pipeline, 300);
    for table in tables.iter() {
        let heap = |slots: &[_]| -> u64 { slots.iter().map(heap).sum() };
        let mut entities: Vec<_> = table.iter().map(|(_, slots)| heap(slots)).collect();
        entities.sort_unstable();
        let audit = table.audit(1);
        assert_eq!(audit.entities, entities);
        assert_eq!(audit.heap(), audit.features.iter().map(|feature| feature.heap).sum::<u64>());
        for (place, feature) in audit.features.iter().enumerate() {
            let of_slots: Vec<_> =
                table.iter().map(|(_, slots)| self::heap(&slots[place])).collect();
            assert_eq!(feature.heap, of_slots.iter().sum::<u64>());
            assert_eq!(feature.heap, feature.parts.bytes());
            assert_eq!(feature.least, of_slots.into_iter().min().unwrap_or_default());
        }
    }
}

#[test]
fn a_stride_takes_every_so_many_entities() {
    let pipeline = Pipeline::fraud_team().expect("it is good");
    let tables = fed(&pipeline, 300);
    let table = tables.iter().next().expect("there is one");
    let entities = table.entities();
    for stride in [0, 1, 2, 7, 1_000] {
        let expected = entities.div_ceil(stride.max(1));
        assert_eq!(table.audit(stride).entities.len(), expected, "{stride}");
    }
}

fn heap(slot: &impl Footprint) -> u64 {
    let mut parts = Parts::default();
    slot.add_to(&mut parts);
    parts.bytes()
}
