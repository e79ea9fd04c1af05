//! stub
use crate::value::{KeyPath, Value};
/// k
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// u
    Undefined,
    /// n
    Null,
    /// v
    Plain(Value),
    /// o
    Object(Vec<(String, Known)>),
    /// u
    Unknown(String),
}
impl Known {
    /// at
    pub fn at(&self, _p: &KeyPath) -> Option<&Known> {
        None
    }
    /// v
    pub fn to_value(&self) -> Option<Value> {
        None
    }
    /// o
    pub fn is_open_at(&self, _p: &KeyPath) -> bool {
        true
    }
}
