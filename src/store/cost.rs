//! What D1 counts, added up. A company's object tells the Worker, so that a write of a group shows what it cost there.

use serde::{Deserialize, Serialize};
use std::ops::{AddAssign, Sub};

/// What the calls of one request have cost so far, from D1's own figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cost {
    /// Round trips.
    pub calls: u32,
    pub rows_read: u64,
    pub rows_written: u64,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, more: Self) {
        self.calls += more.calls;
        self.rows_read += more.rows_read;
        self.rows_written += more.rows_written;
    }
}

impl Sub for Cost {
    type Output = Self;

    /// What was added since `earlier`.
    fn sub(self, earlier: Self) -> Self {
        Self {
            calls: self.calls - earlier.calls,
            rows_read: self.rows_read - earlier.rows_read,
            rows_written: self.rows_written - earlier.rows_written,
        }
    }
}
