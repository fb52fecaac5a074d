//! Shares of a whole.

/// Returns each part's share of the sum: `45.2 %`. The shown shares add up to 100.0 %, so each may be rounded up or
/// down: the tenths that rounding down leaves go to those that lost most.
pub(crate) fn shares(parts: &[u64]) -> Vec<String> {
    const WHOLE: u128 = 1000;
    let sum: u128 = parts.iter().map(|part| u128::from(*part)).sum();
    if sum == 0 {
        return parts.iter().map(|_| format_tenths(0)).collect();
    }
    let scaled = |part: &u64| u128::from(*part) * WHOLE;
    let mut tenths: Vec<u128> = parts.iter().map(|part| scaled(part) / sum).collect();
    let left = WHOLE - tenths.iter().sum::<u128>();
    let mut lost: Vec<(u128, usize)> =
        parts.iter().enumerate().map(|(at, part)| (scaled(part) % sum, at)).collect();
    lost.sort_by(|(a, at), (b, bt)| b.cmp(a).then(at.cmp(bt)));
    for (_, at) in lost.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        tenths[at] += 1;
    }
    tenths.into_iter().map(format_tenths).collect()
}

fn format_tenths(tenths: u128) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        assert_eq!(shares(&[1, 1, 1]), ["33.4 %", "33.3 %", "33.3 %"]);
        assert_eq!(shares(&[2, 1]), ["66.7 %", "33.3 %"]);
        assert_eq!(shares(&[1, 1999]), ["0.1 %", "99.9 %"]);
        assert_eq!(shares(&[1, 2001]), ["0.0 %", "100.0 %"]);
        assert_eq!(shares(&[u64::MAX, u64::MAX]), ["50.0 %", "50.0 %"]);
    }

    #[test]
    fn nothing_has_no_parts() {
        assert_eq!(shares(&[0, 0]), ["0.0 %", "0.0 %"]);
        assert_eq!(shares(&[]), [""; 0]);
        assert_eq!(shares(&[7]), ["100.0 %"]);
    }
}
