//! The documents of `--json`. Fields are only ever added.

use serde_json::{Value as Json, json};

use super::plan::diff;
use crate::deeds::{Explanation, Opened, Visited};
use crate::fault::Finding;
use crate::js::{How, Known};
use crate::plan::{FilePlan, KeyDifference, Plan};
use crate::target::KeyChange;

/// A plan: `ok` tells what the exit status tells.
#[must_use]
pub fn plan(command: &str, ok: bool, opened: &Opened, plan: &Plan) -> Json {
    let diff = anstream::adapter::strip_str(&diff(plan)).to_string();
    json!({
        "format": 1,
        "command": command,
        "ok": ok,
        "web_version": opened.site.web_version,
        "build": opened.site.build,
        "dating": plan.dating,
        "hosts": opened.site.hosts.iter().map(|host| &host.name).collect::<Vec<_>>(),
        "held": opened.receipt.as_ref().is_some_and(|receipt| receipt.held),
        "interrupted": opened.interrupted,
        "last_run": opened.last_run,
        "files": plan.files.iter().map(file).collect::<Vec<_>>(),
        "findings": plan.findings.iter().map(finding).collect::<Vec<_>>(),
        "news": plan.news.iter().map(finding).collect::<Vec<_>>(),
        "mistakes": plan.mistakes.iter().map(super::mistake::json).collect::<Vec<_>>(),
        "removed": plan.wishes.removed,
        "restarts": plan.restarts,
        "diff": diff,
    })
}

/// What a visitor does not get.
#[must_use]
pub fn visited(visited: &Visited) -> Json {
    json!({
        "format": 1,
        "command": "check",
        "ok": visited.findings.is_empty(),
        "url": visited.address,
        "asked": visited.asked,
        "findings": visited.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// What `explain` found: the keys, and what the word or the wish of that name means.
#[must_use]
pub fn explanation(found: &[Explanation], meaning: Option<&str>) -> Json {
    let one = |explanation: &Explanation| {
        json!({
            "file": explanation.path,
            "key": explanation.at.to_string(),
            "value": explanation.value.as_ref().and_then(Known::to_value),
            "source": explanation.value.as_ref().map(ToString::to_string),
            "wish": explanation.wish,
            "in_force": explanation.is_ours,
            "type": explanation.key.as_ref().map(crate::catalogue::Key::expected),
            "fallback": explanation.key.as_ref().and_then(|key| key.fallback.clone()),
            "history": explanation.key.as_ref().map(crate::catalogue::Key::history),
            "comment": explanation.documentation.as_ref().map(|documentation| {
                json!({ "line": documentation.line, "prose": documentation.prose, "example": documentation.example })
            }),
        })
    };
    let keys: Vec<Json> = found.iter().map(one).collect();
    let ok = !found.is_empty() || meaning.is_some();
    json!({ "format": 1, "command": "explain", "ok": ok, "keys": keys, "meaning": meaning })
}

fn file(file: &FilePlan) -> Json {
    json!({
        "path": file.path,
        "past": file.past,
        "action": file.action,
        "base_is": file.base_is,
        "keys": file.changes.iter().map(key).collect::<Vec<_>>(),
        "differences": file.differences().iter().map(difference).collect::<Vec<_>>(),
        "collisions": file.collisions.iter().map(|collision| json!({
            "key": collision.edit.at.to_string(),
            "ours": collision.edit.after,
            "theirs": collision.theirs,
        })).collect::<Vec<_>>(),
    })
}

fn difference(key: &KeyDifference<'_>) -> Json {
    json!({
        "key": key.at.to_string(),
        "now": key.now.value,
        "then": key.then.value,
        "wish": key.wish,
        "taken_back": key.change.is_none(),
    })
}

fn key(change: &KeyChange) -> Json {
    let how = match change.change.how {
        How::Already => "already",
        How::Replaced => "replaced",
        How::Inserted => "inserted",
        How::InsertedAtComment => "inserted-at-comment",
        How::Assigned => "assigned",
        How::Removed => "removed",
        How::ListEdited => "list-edited",
    };
    json!({
        "key": change.edit.at.to_string(),
        "old": change.old,
        "old_source": change.change.before,
        "new": change.new,
        "how": how,
        "wish": change.edit.why,
    })
}

/// What the owner should know.
#[must_use]
pub fn finding(finding: &Finding) -> Json {
    json!({
        "level": finding.level,
        "message": finding.message,
        "place": finding.place,
        "hint": finding.hint,
    })
}
