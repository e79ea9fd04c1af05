//! Scratch roots and a project for the benches that run the whole program.
//!
//! Everything lies in cargo's folder for such files, on a real disk, and goes when the bench ends.

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use rebrand::brand::OWN;
use rebrand::demo::sites::{Year, files};
use rebrand::digest::md5;
use tempfile::TempDir;

/// What a step of a bench comes to.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

const INTERFACE: &str = "usr/share/jitsi-meet/interface_config.js";
const HOST: &str = "etc/jitsi/meet/meet.publiccode.net-config.js";
const INDEX: &str = "usr/share/jitsi-meet/index.html";

/// The six keys that are changed, three in each file.
const PATCHES: [(&str, &str); 2] = [
    (
        "interface_config.toml",
        "[set]\n\
         APP_NAME = \"Public Code Meet\"\n\
         JITSI_WATERMARK_LINK = \"https://publiccode.net/\"\n\
         SUPPORT_URL = \"https://publiccode.net/contact\"\n",
    ),
    (
        "config.toml",
        "[set]\n\
         defaultLocalDisplayName = \"I\"\n\
         defaultLogoUrl = \"https://brand.publiccode.net/logo/mark-128w128h.png\"\n\
         defaultRemoteDisplayName = \"fellow Public Coder\"\n",
    ),
];

/// The same keys once their owner thought again: a value in each file.
const THOUGHT_AGAIN: [(&str, &str); 2] =
    [("Public Code Meet", "Public Code"), ("fellow Public", "dear Public")];

/// A folder with the program, a project, and the files that every root starts from.
pub(crate) struct Scratch {
    folder: TempDir,
    shipped: Vec<(&'static str, Vec<u8>)>,
    roots: usize,
}

/// A root whose site carries no brand yet.
pub(crate) struct Root {
    /// The folder.
    pub(crate) folder: PathBuf,
}

impl Scratch {
    /// Makes the project, and reads the newest upstream files, or else those of the stand-in.
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        write_patches(folder.path(), str::to_owned)?;
        write(&folder.path().join("project/brand/brand.toml"), b"# The six keys are in patches/.\n")?;
        // As a package installs it. The kernel has what the linker wrote in single pages, and maps it more slowly.
        fs::copy(env!("CARGO_BIN_EXE_rebrand"), folder.path().join("rebrand"))?;
        Ok(Scratch { folder, shipped: shipped()?, roots: 0 })
    }

    /// Gives the brand a drawing, of which pictures are made.
    #[allow(dead_code, reason = "not every bench makes pictures")]
    pub(crate) fn draw(&self) -> Result<()> {
        let brand = self.folder.path().join("project/brand");
        let keys = ["welcome", "icon", "social"].map(|key| format!("{key} = \"logo.svg\"\n")).concat();
        write(&brand.join("brand.toml"), format!("[logo]\n{keys}").as_bytes())?;
        write(&brand.join("logo.svg"), OWN.1.as_bytes())
    }

    /// Gives the six keys their first values, or those that their owner wished later.
    #[allow(dead_code, reason = "not every bench changes the brand")]
    pub(crate) fn think_again(&self, is_changed: bool) -> Result<()> {
        let changed = |text: &str| {
            THOUGHT_AGAIN.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
        };
        write_patches(self.folder.path(), |text| if is_changed { changed(text) } else { text.to_owned() })
    }

    /// A fresh root. Its bytes are on the disk already, so that nobody pays for them later.
    pub(crate) fn root(&mut self) -> Result<Root> {
        self.roots += 1;
        let folder = self.folder.path().join(format!("root-{}", self.roots));
        for (path, bytes) in &self.shipped {
            write(&folder.join(path), bytes)?;
        }
        fs::create_dir_all(folder.join("var/lib"))?;
        run(Command::new("sync").arg("--file-system").arg(&folder))?;
        Ok(Root { folder })
    }

    /// A fresh root whose client dpkg brought, with the project in its `/etc/rebrand`.
    #[allow(dead_code, reason = "not every bench needs dpkg")]
    pub(crate) fn packaged(&mut self) -> Result<Root> {
        let root = self.root()?;
        let etc = root.folder.join("etc/rebrand");
        run(Command::new("cp").arg("-r").arg(self.folder.path().join("project")).arg(&etc))?;
        let dpkg = root.folder.join("var/lib/dpkg");
        write(&dpkg.join("diversions"), b"")?;
        write(
            &dpkg.join("status"),
            b"Package: jitsi-meet-web\nStatus: install ok installed\nVersion: 1.0.9268-1\n\n",
        )?;
        root.known_to_dpkg()?;
        Ok(root)
    }

    /// `rebrand` with this project and `root`, without its output.
    pub(crate) fn rebrand(&self, root: &Root, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.folder.path().join("rebrand"));
        let project = self.folder.path().join("project");
        command.arg("-C").arg(project).arg("--root").arg(&root.folder).args(arguments);
        command
    }

    /// CPU time in milliseconds and peak memory in MB of one run of `command`.
    pub(crate) fn usage(&self, command: &Command) -> Result<(f64, f64)> {
        let report = self.folder.path().join("usage");
        let mut measured = Command::new(compiled("usage")?);
        run(measured.arg(&report).arg(command.get_program()).args(command.get_args()))?;
        let text = fs::read_to_string(&report)?;
        let (cpu, memory) = text.trim().split_once(' ').ok_or("the report of usage is empty")?;
        Ok((cpu.parse::<f64>()? / 1000.0, memory.parse::<f64>()? * 1024.0 / 1_000_000.0))
    }
}

impl Root {
    /// Both files that are changed.
    pub(crate) fn files(&self) -> [PathBuf; 2] {
        [self.folder.join(INTERFACE), self.folder.join(HOST)]
    }

    /// Lets dpkg know the files of the client as they were shipped.
    #[allow(dead_code, reason = "not every bench needs dpkg")]
    pub(crate) fn known_to_dpkg(&self) -> Result<()> {
        let (mut list, mut sums) = (Vec::new(), Vec::new());
        for path in [INTERFACE, INDEX] {
            let diverted = self.folder.join(format!("{path}.rebrand-shipped"));
            let bytes = fs::read(diverted).or_else(|_| fs::read(self.folder.join(path)))?;
            list.push(format!("/{path}\n"));
            sums.push(format!("{}  {path}\n", md5(&bytes)));
        }
        let info = self.folder.join("var/lib/dpkg/info");
        write(&info.join("jitsi-meet-web.list"), list.concat().as_bytes())?;
        write(&info.join("jitsi-meet-web.md5sums"), sums.concat().as_bytes())
    }

    /// That both files carry the brand, as it was changed or before; else there was nothing to measure.
    pub(crate) fn confirm(&self, is_changed: bool) -> Result<()> {
        let [interface, host] = self.files().map(fs::read_to_string);
        let values =
            if is_changed { THOUGHT_AGAIN.map(|(_, new)| new) } else { THOUGHT_AGAIN.map(|(old, _)| old) };
        let branded = interface?.contains(&format!("APP_NAME: '{}'", values[0])) && host?.contains(values[1]);
        if branded { Ok(()) } else { Err("the run left the site unbranded".into()) }
    }
}

fn write_patches(folder: &Path, values: impl Fn(&str) -> String) -> Result<()> {
    let patches = folder.join("project/patches");
    PATCHES.iter().try_for_each(|(name, text)| write(&patches.join(name), values(text).as_bytes()))
}

/// Runs `command`, which must succeed, without its output.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status: ExitStatus = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}

/// The program `benches/NAME.c`, compiled.
pub(crate) fn compiled(name: &str) -> Result<PathBuf> {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/{name}.c"));
    let newer = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    if !program.exists() || newer(&program)? < newer(&source)? {
        run(Command::new("cc").arg("-O2").arg("-o").arg(&program).arg(&source))?;
    }
    Ok(program)
}

/// The files of an unbranded root: the newest of upstream if they are there, the host's made as the package does.
fn shipped() -> Result<Vec<(&'static str, Vec<u8>)>> {
    let stand_in = |wanted: &str| {
        let found = files(Year::Y2026).iter().find(|(path, _)| *path == wanted);
        found.map(|(_, text)| (*text).to_owned()).ok_or("the stand-in lacks a file")
    };
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream/2026-08");
    let (interface, host) = if upstream.is_dir() {
        let template = fs::read_to_string(upstream.join("config.js"))?;
        let host = template.replace("jitsi-meet.example.com", "meet.publiccode.net");
        (fs::read_to_string(upstream.join("interface_config.js"))?, host)
    } else {
        eprintln!("`../shared/upstream` is not there: measuring the stand-in site, which is smaller");
        (stand_in(INTERFACE)?, stand_in(HOST)?)
    };
    let all = [(INTERFACE, interface), (HOST, host), (INDEX, stand_in(INDEX)?)];
    Ok(all.map(|(path, text)| (path, text.into_bytes())).into())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
    fs::write(path, bytes)?;
    Ok(File::open(path)?.sync_all()?)
}
