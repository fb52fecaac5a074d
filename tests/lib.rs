//! Budgets on real systems, and proof that they trip: one file a suite, beside this one.
