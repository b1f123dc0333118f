//! Memory, processor time and wake-ups of a process tree, as Linux counts them.

use std::{collections::BTreeMap, fs};

use pimento_tests::process::tree;

/// Ticks a second of processor time, on every Linux.
const TICKS: f64 = 100.0;

/// Memory of a tree, MiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// Resident, shared pages counted in every process.
    pub resident: f64,
    /// Resident, shared pages counted by their share.
    pub proportional: f64,
    /// Written to and shared with nobody.
    pub private_dirty: f64,
}

impl Memory {
    /// Of a process and all its descendants.
    pub fn of(root: u32) -> Self {
        let mut total = Self::default();
        for process in tree(root) {
            let sizes = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
            let sizes: BTreeMap<_, _> = sizes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .filter_map(|(key, value)| {
                    Some((key, value.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1_024.0))
                })
                .collect();
            let size = |key: &str| sizes.get(key).copied().unwrap_or_default();
            total.resident += size("Rss");
            total.proportional += size("Pss");
            total.private_dirty += size("Private_Dirty");
        }
        total
    }
}

/// Processor seconds and context switches of a tree so far. Every wake-up ends in a switch.
pub fn activity(root: u32) -> (f64, f64) {
    let (mut seconds, mut switches) = (0.0, 0.0);
    for process in tree(root) {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let fields: Vec<_> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        // utime and stime, the 14th and 15th field of all.
        seconds += [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<f64>().ok()).sum::<f64>() / TICKS;
        for thread in fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten() {
            let status = fs::read_to_string(thread.path().join("status")).unwrap_or_default();
            // `voluntary_ctxt_switches` and `nonvoluntary_ctxt_switches`.
            let counts = status.lines().filter_map(|line| line.split_once("voluntary_ctxt_switches:"));
            switches += counts.filter_map(|(_, count)| count.trim().parse::<f64>().ok()).sum::<f64>();
        }
    }
    (seconds, switches)
}
