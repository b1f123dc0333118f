//! The administrator's side of PIM: what concerns others, not one's own roles.

pub mod audit;
pub mod need;
