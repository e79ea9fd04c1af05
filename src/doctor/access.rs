//! Whether the web server may read a file: reckoned from the permissions of the file and of every folder above it.

use super::Problem;
use crate::fault::Level;

/// Who may do what with a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// The permissions, as of `chmod`.
    pub mode: u32,
    /// The number of the owner.
    pub owner: u32,
    /// The number of the group.
    pub group: u32,
}

/// Whom the web server works as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The name.
    pub name: String,
    /// The number.
    pub user: u32,
    /// The numbers of its groups.
    pub groups: Vec<u32>,
}

impl Reader {
    /// The user `name`, by the texts of `/etc/passwd` and `/etc/group`; none if there is none of that name.
    #[must_use]
    pub fn find(name: &str, passwd: &str, group: &str) -> Option<Self> {
        let fields = |line: &str| line.split(':').map(str::to_owned).collect::<Vec<_>>();
        let entry =
            passwd.lines().map(fields).find(|fields| fields.first().is_some_and(|first| first == name))?;
        let user = entry.get(2)?.parse().ok()?;
        let others = group.lines().map(fields).filter(|fields| {
            fields.get(3).is_some_and(|members| members.trim().split(',').any(|member| member == name))
        });
        let groups = others.filter_map(|fields| fields.get(2)?.parse().ok());
        let groups = entry.get(3)?.parse().ok().into_iter().chain(groups).collect();
        Some(Reader { name: name.to_owned(), user, groups })
    }

    /// Whether it has the permission `bit` (4 to read, 1 to go through) on what `owner` and `group` have with `mode`.
    fn may(&self, bit: u32, Rights { mode, owner, group }: Rights) -> bool {
        let shift = match () {
            () if self.user == 0 => return true,
            () if self.user == owner => 6,
            () if self.groups.contains(&group) => 3,
            () => 0,
        };
        mode >> shift & bit != 0
    }
}

/// Why `reader` cannot read `path`: `stat` gives the rights on a path without links.
#[must_use]
pub fn unreadable(reader: &Reader, path: &str, stat: &dyn Fn(&str) -> Option<Rights>) -> Option<Problem> {
    let folders = path.match_indices('/').map(|(at, _)| if at == 0 { "/" } else { &path[..at] });
    let closed = folders
        .map(|folder| (folder, 1))
        .chain([(path, 4)])
        .find(|(step, bit)| stat(step).is_some_and(|standing| !reader.may(*bit, standing)));
    let (step, bit) = closed?;
    let Rights { mode, owner, group } = stat(step)?;
    let (verb, hint) = if bit == 1 {
        ("go through", format!("`chmod o+x {step}` lets it"))
    } else {
        ("read", format!("`chmod o+r {step}` lets it"))
    };
    Some(Problem::new(
        Level::Error,
        format!("`{}` cannot {verb} `{step}`: its mode is {mode:04o}, of {owner}:{group}", reader.name),
        format!("the web server sends an error in place of `{path}`"),
        hint,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_have_their_groups() {
        let passwd = "root:x:0:0::/:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n";
        let reader =
            Reader::find("www-data", passwd, "www-data:x:33:\nssl:x:110:a,www-data\nb:x:7:ab\n").unwrap();
        assert_eq!((reader.user, reader.groups), (33, vec![33, 110]));
        assert_eq!(Reader::find("www", passwd, ""), None);
    }

    #[test]
    fn the_first_closed_step_is_told() {
        let reader = Reader { name: "www-data".into(), user: 33, groups: vec![33] };
        let told = |modes: [(u32, u32, u32); 3]| {
            let stat =
                |path: &str| ["/", "/a", "/a/b"].iter().position(|step| *step == path).map(|at| modes[at]);
            let stat = |path: &str| stat(path).map(|(mode, owner, group)| Rights { mode, owner, group });
            unreadable(&reader, "/a/b", &stat).map(|problem| problem.what)
        };
        assert_eq!(told([(0o755, 0, 0), (0o755, 0, 0), (0o644, 0, 0)]), None);
        assert_eq!(told([(0o755, 0, 0), (0o750, 0, 33), (0o640, 33, 0)]), None);
        assert!(told([(0o755, 0, 0), (0o700, 0, 0), (0o644, 0, 0)]).unwrap().contains("go through `/a`"));
        assert!(told([(0o755, 0, 0), (0o755, 0, 0), (0o600, 0, 0)]).unwrap().contains("read `/a/b`"));
        // Whoever owns a file has the owner's permissions, and no others.
        assert!(told([(0o755, 0, 0), (0o755, 0, 0), (0o077, 33, 33)]).is_some());
    }
}
