//! Budgets on real systems, and proof that they trip. Each suite is a file beside this one.
