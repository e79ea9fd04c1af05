//! stub
use super::known::Known;
use super::parse::{Dialect, Tree};
use crate::text::Text;
use std::collections::BTreeMap;
/// e
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Evaluation {
    /// v
    pub variables: BTreeMap<String, Known>,
}
pub(super) fn evaluate(_t: &Tree, _x: &Text, _d: Dialect) -> Evaluation {
    Evaluation::default()
}
