//! Growth in steps: a container that doubles, and blocks of one size. Both are off a line without growing faster than
//! the workload.
//!
//! It is asked of program points, which tell two containers of one function apart.
//!
//! It misses one kind of growth: the number of blocks stays the same, and the cost of each entity does not double over
//! all sizes. In a single block, it misses such growth only if that also steps by powers of two.

use tripline_budget::{SizePoint, is_at_most_linear};
use tripline_profile::{Amount, Moment};

/// Returns `true` if the amounts of one point, one for each size, come in steps.
pub(crate) fn grows_in_steps(sizes: &[u64], amounts: &[Amount], moment: Moment) -> bool {
    double(sizes, amounts, moment) || are_of_one_size(sizes, amounts)
}

/// Returns `true` for as many containers at every size, each as large as its entities ask for, up to twice that.
fn double(sizes: &[u64], amounts: &[Amount], moment: Moment) -> bool {
    let is_there = amounts.iter().all(|amount| amount.blocks > 0 && amount.bytes > 0);
    let blocks: Vec<_> = amounts.iter().map(|amount| (amount.blocks, 1)).collect();
    if !is_there || !within_a_factor_of_two(&blocks) {
        return false;
    }
    let of_each = |bytes: &[u64]| {
        let shares: Vec<_> = bytes.iter().copied().zip(sizes.iter().copied()).collect();
        within_a_factor_of_two(&shares)
    };
    let is_one = moment != Moment::Total && amounts.iter().any(|amount| amount.blocks == 1);
    if !is_one {
        return of_each(&amounts.iter().map(|amount| amount.bytes).collect::<Vec<_>>());
    }
    let tables = GROUPS.iter().filter_map(|group| tables(amounts, *group));
    tables.into_iter().any(|tables| of_each(&tables) && step_by_powers_of_two(&tables))
}

/// Returns `true` if no share is above twice another. What a container starts with may put it a little above: a 32nd
/// is granted.
fn within_a_factor_of_two(shares: &[(u64, u64)]) -> bool {
    let product = |a: u64, b: u64, by: u128| (u128::from(a) * u128::from(b)).saturating_mul(by);
    shares.iter().all(|(high, of_high)| {
        shares
            .iter()
            .all(|(low, of_low)| product(*high, *of_low, 32) <= product(*low, *of_high, 65))
    })
}

/// The sizes of the control group that a table has beside its buckets: hashbrown repeats one at its end.
const GROUPS: [u64; 3] = [0, 16, 8];

/// Returns one block of each size, times three, less its group. While a table moves, the old one is there as well, half
/// as large.
fn tables(amounts: &[Amount], group: u64) -> Option<Vec<u64>> {
    let thirds = |amount: &Amount| {
        let bytes = amount.bytes.checked_sub(group * amount.blocks)?;
        match amount.blocks {
            1 => bytes.checked_mul(3),
            2 => bytes.checked_mul(2),
            _ => None,
        }
    };
    amounts.iter().map(thirds).collect()
}

fn step_by_powers_of_two(tables: &[u64]) -> bool {
    let least = tables.iter().copied().min().filter(|least| *least > 0);
    let doubles =
        |table: &u64, least| table.is_multiple_of(least) && (table / least).is_power_of_two();
    least.is_some_and(|least| tables.iter().all(|table| doubles(table, least)))
}

/// Returns `true` for as many blocks as a line predicts, to the block; so their bytes are off the line by a block or two.
fn are_of_one_size(sizes: &[u64], amounts: &[Amount]) -> bool {
    let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
    let same = |pair: &[Amount]| match pair {
        [a, b] => product(a.bytes, b.blocks) == product(b.bytes, a.blocks),
        _ => true,
    };
    let blocks: Vec<_> = sizes
        .iter()
        .zip(amounts)
        .map(|(&size, amount)| SizePoint { size, figure: amount.blocks })
        .collect();
    amounts.iter().all(|amount| amount.blocks > 0)
        && amounts.windows(2).all(same)
        && is_at_most_linear(&blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [u64; 3] = [1_000, 2_000, 4_000];

    fn amounts(amounts: [(u64, u64); 3]) -> [Amount; 3] {
        amounts.map(|(blocks, bytes)| Amount { blocks, bytes })
    }

    fn live(of: [(u64, u64); 3]) -> bool {
        grows_in_steps(&SIZES, &amounts(of), Moment::End)
    }

    fn total(of: [(u64, u64); 3]) -> bool {
        grows_in_steps(&SIZES, &amounts(of), Moment::Total)
    }

    #[test]
    fn one_block_doubles_and_nothing_between() {
        assert!(live([(1, 2_048), (1, 2_048), (1, 4_096)]));
        assert!(live([(1, 1_024), (1, 2_048), (1, 4_096)]));
        assert!(!live([(1, 2_048), (1, 2_049), (1, 4_096)]));
        // Half as much again of each entity.
        assert!(!live([(1, 2_000), (1, 5_000), (1, 12_000)]));
    }

    #[test]
    fn a_table_has_a_group_more_and_the_old_one_while_it_moves() {
        let table = |buckets: u64| buckets * 9 + 16;
        assert!(live([(1, table(2_048)), (1, table(2_048)), (1, table(4_096))]));
        let moves = (2, table(2_048) + table(1_024));
        assert!(live([moves, (1, table(2_048)), (1, table(4_096))]));
        assert!(!live([(1, table(2_048)), (1, table(2_048) + 1), (1, table(4_096))]));
    }

    #[test]
    fn squares_in_one_block_do_not_pass() {
        assert!(!live([(1, 1 << 20), (1, 1 << 22), (1, 1 << 24)]));
        assert!(!live([(3, 1 << 20), (3, 1 << 22), (3, 1 << 24)]));
    }

    #[test]
    fn several_containers_stay_within_a_factor_of_two() {
        assert!(live([(2, 5_000), (2, 9_000), (2, 19_000)]));
        assert!(!live([(2, 5_000), (2, 9_000), (2, 41_000)]));
        // In a number of blocks that grows nothing hides.
        assert!(!live([(1_000, 5_000), (2_000, 9_000), (4_000, 19_000)]));
    }

    #[test]
    fn a_vector_that_is_pushed_into_moves_once_a_doubling() {
        assert!(total([(10, 4_092), (10, 4_092), (11, 8_188)]));
        assert!(!total([(10, 4_092), (20, 8_188), (40, 16_380)]));
    }

    #[test]
    fn what_is_not_there_at_every_size_comes_in_no_steps() {
        assert!(!live([(0, 0), (1, 2_048), (1, 4_096)]));
    }

    #[test]
    fn blocks_of_one_size_may_be_off_the_line_by_a_block() {
        assert!(live([(166, 16_600), (333, 33_300), (667, 66_700)]));
        assert!(!live([(166, 16_600), (333, 33_300), (700, 70_000)]));
        assert!(!live([(166, 16_600), (333, 33_301), (667, 66_700)]));
    }
}
