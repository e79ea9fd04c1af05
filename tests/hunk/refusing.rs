//! What is refused: every fault, at its place, with a hint.

use rebrand::hunk::parse;
use rebrand::text::Text;

const HUNK: &str = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n";

/// A patch file, where `HUNK` stands for a sound one, and its faults as `line:column message`.
const CASES: &[(&str, &[&str])] = &[
    // No diff at all.
    ("", &["1:1 the file holds no unified diff"]),
    ("prose\n--- \n", &["1:1 the file holds no unified diff"]),
    ("*** a\t2024\n--- b\t2024\n***************\n*** 1 ****\n", &["1:1 the file holds no unified diff"]),
    ("@@ -1,2 +1,2 @@\n a\n-b\n+c\n", &["1:1 this hunk belongs to no file"]),
    ("--- a/x\n+++ b/x\nHUNKprose\nHUNK", &["8:1 this hunk belongs to no file"]),
    ("--- a/x\n+++ b/x\n", &["2:1 no hunk follows this line"]),
    ("--- a/x\n+++ b/x\nprose\n", &["2:1 no hunk follows this line"]),
    ("diff --git a/x b/x\nindex 1..2 100644\n", &["1:1 nothing is changed below this line"]),
    // Anything but lines.
    (
        "diff --git a/x b/x\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n",
        &["2:1 the patch creates a file"],
    ),
    ("diff --git a/x b/x\nnew file mode 100644\nindex 0..1\n", &["2:1 the patch creates a file"]),
    ("--- /dev/null\t1970\n+++ b/x\n@@ -0,0 +1 @@\n+a\n", &["1:1 the patch creates a file"]),
    ("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", &["2:1 the patch deletes a file"]),
    (
        "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
        &["2:1 the patch deletes a file"],
    ),
    (
        "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n--- a/x\n+++ b/y\nHUNK",
        &["3:1 the patch renames a file"],
    ),
    ("diff --git a/x b/y\nrename from x\nrename to y\n", &["2:1 the patch renames a file"]),
    ("diff --git a/x b/y\n--- a/x\n+++ b/y\nHUNK", &["3:1 the patch renames a file"]),
    ("diff --git a/x b/y\ncopy from x\ncopy to y\n", &["2:1 the patch copies a file"]),
    ("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", &["2:1 the patch changes the mode of a file"]),
    (
        "diff --git a/x b/x\nold mode 100644\nnew mode 100755\nindex 1..2\n--- a/x\n+++ b/x\nHUNK",
        &["2:1 the patch changes the mode of a file"],
    ),
    (
        "diff --git a/x b/x\nindex 1..2 120000\n--- a/x\n+++ b/x\nHUNK",
        &["2:1 the patch changes a symbolic link"],
    ),
    (
        "diff --git a/x b/x\nnew file mode 120000\nindex 0..2\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+y\n",
        &["2:1 the patch changes a symbolic link"],
    ),
    (
        "diff --git a/x b/x\nindex 1..2 160000\n--- a/x\n+++ b/x\nHUNK",
        &["2:1 the patch changes what is no regular file"],
    ),
    (
        "diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZ\n\n--- a/y\n+++ b/y\nHUNK",
        &["3:1 the patch changes a binary file"],
    ),
    (
        "diff --git a/x b/x\nindex 1..2 100644\nBinary files a/x and b/x differ\n",
        &["3:1 the patch changes a binary file"],
    ),
    ("Binary files a/x and b/x differ\n", &["1:1 the patch changes a binary file"]),
    (
        "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,2 -1,2 +1,3 @@@\n  a\n",
        &["1:1 this is a combined diff, as git shows it of a merge"],
    ),
    (
        "--- a/x\n+++ b/x\n@@@ -1,2 -1,2 +1,3 @@@\n  a\n@@@ -9 -9 +9 @@@\n",
        &["3:1 this is a combined diff, as git shows it of a merge"],
    ),
    // Names.
    ("--- a/../x\n+++ b/../x\nHUNK", &["2:1 `../x` holds an empty segment, `.` or `..`"]),
    ("--- a/./x\n+++ b/./x\nHUNK", &["2:1 `./x` holds an empty segment, `.` or `..`"]),
    ("--- a/x/\n+++ b/x/\nHUNK", &["2:1 `x/` holds an empty segment, `.` or `..`"]),
    ("--- a/\n+++ b/\nHUNK", &["2:1 the path is empty"]),
    ("--- \n+++ \nHUNK", &["2:1 the path is empty"]),
    ("--- a//x\n+++ b//x\nHUNK", &["2:1 `/x` is absolute"]),
    ("--- //x\n+++ //x\nHUNK", &["2:1 `/x` is absolute"]),
    ("--- C:/x\n+++ C:/x\nHUNK", &["2:1 `C:/x` is no path below the root"]),
    ("--- a\\x\n+++ a\\x\nHUNK", &["2:1 `a\\x` is no path below the root"]),
    ("--- \"a/\\000\"\n+++ \"b/\\000\"\nHUNK", &["2:1 \"\\0\" holds a control character"]),
    ("--- \"a/x\n+++ b/x\nHUNK", &["1:1 the quoted name is not understood"]),
    ("--- a/x\n+++ \"b/\\x41\"\nHUNK", &["2:1 the quoted name is not understood"]),
    ("--- a/x\n+++ \"b/\\400\"\nHUNK", &["2:1 the quoted name is not understood"]),
    ("--- a/x\n+++ \"b/\\377\"\nHUNK", &["2:1 the quoted name is not understood"]),
    ("--- a/x\n+++ b/x\nHUNK--- x\n+++ x\nHUNK", &["8:1 `x` is patched twice"]),
    // The `@@` line.
    ("--- a/x\n+++ b/x\n@@ -1 +1\n-a\n+b\n", &["3:1 this is no line that starts a hunk"]),
    ("--- a/x\n+++ b/x\n@@ -1,-1 +1 @@\n-a\n+b\n", &["3:1 this is no line that starts a hunk"]),
    ("--- a/x\n+++ b/x\n@@ -1 ++1 @@\n-a\n+b\n", &["3:1 this is no line that starts a hunk"]),
    ("--- a/x\n+++ b/x\n@@ -0 +1 @@\n-a\n+b\n", &["3:1 this is no line that starts a hunk"]),
    (
        "--- a/x\n+++ b/x\n@@ -99999999999999999999 +1 @@\n-a\n+b\n",
        &["3:1 this is no line that starts a hunk"],
    ),
    ("--- a/x\n+++ b/x\n@@\n-a\n+b\nHUNK", &["3:1 this is no line that starts a hunk"]),
    // The lines of a hunk.
    (
        "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n a\n-b\n+c\n",
        &["3:1 the hunk is to have 3 old and 2 new lines, but has 2 and 2"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@\n a\n-b\n+c\n",
        &["3:1 the hunk is to have 2 old and 1 new lines, but has 2 and 2"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n d\n+e\n",
        &["3:1 the hunk is to have 2 old and 2 new lines, but has 3 and 4"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n a\n-b\n+c\n--- a/y\n+++ b/y\nHUNK@@ -9,3 +9,3 @@\n a\n",
        &[
            "3:1 the hunk is to have 4 old and 4 new lines, but has 2 and 2",
            "13:1 the hunk is to have 3 old and 3 new lines, but has 1 and 1",
        ],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n+c\ndiff --git a/y b/y\n--- a/y\n+++ b/y\nHUNK",
        &["3:1 the hunk is to have 3 old and 3 new lines, but has 2 and 2"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\nb\n-b\n+c\n@@ -9,2 +9,2 @@\n a\n*b\n",
        &[
            "5:1 a line of a hunk starts with ` `, `+`, `-` or `\\`",
            "10:1 a line of a hunk starts with ` `, `+`, `-` or `\\`",
        ],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n\t+b\n",
        &["5:1 a line of a hunk starts with ` `, `+`, `-` or `\\`"],
    ),
    // What has no place, or does nothing.
    (
        "--- a/x\n+++ b/x\n@@ -1,0 +2,2 @@\n+a\n+b\n",
        &["3:1 the hunk only adds lines, and shows none round them: it has no place"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +0,0 @@\n-a\n-b\n",
        &[
            "3:1 the hunk only takes out lines, and shows none round them: nobody could tell whether it is made",
        ],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -7,1 +7,2 @@\n+a\n b\n",
        &["3:1 the hunk shows no line above its first change, though it starts below line 1"],
    ),
    ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n b\n", &["3:1 the hunk changes nothing"]),
    ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+b\n", &["3:1 the hunk changes nothing"]),
    ("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\r\n+b\n", &["3:1 the hunk changes nothing"]),
    ("--- a/x\n+++ b/x\n@@ -0,0 +0,0 @@\n", &["3:1 the hunk changes nothing"]),
    (
        "--- a/x\n+++ b/x\n@@ -9,2 +9,2 @@\n a\n-b\n+c\nHUNK",
        &["7:1 the hunk starts at line 1, but the one above ends at line 10"],
    ),
    ("--- a/x\n+++ b/x\nHUNKHUNK", &["7:1 the hunk starts at line 1, but the one above ends at line 2"]),
    // Lines without a line end.
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n\\ No newline\n a\n-b\n+c\n",
        &["4:1 this speaks of the line above, which is no line of the file"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline\n\\ No newline\n",
        &["8:1 this speaks of the line above, which is no line of the file"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n\\ No newline\n-b\n+c\n",
        &["3:1 a line without a line end is not the last of its file here"],
    ),
    (
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-b\n+c\n\\ No newline\n a\n",
        &["3:1 a line without a line end is not the last of its file here"],
    ),
    // Of all files together.
    (
        "--- a/../x\n+++ b/../x\nHUNKBinary files y and y differ\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n-a\n+a\nxx\n",
        &[
            "2:1 `../x` holds an empty segment, `.` or `..`",
            "7:1 the patch changes a binary file",
            "10:1 the hunk changes nothing",
        ],
    ),
];

#[test]
fn every_fault_is_told_at_its_place() {
    for (source, expected) in CASES {
        for ending in ["\n", "\r\n"] {
            let source = source.replace("HUNK", HUNK);
            // The one case that is about line ends has both.
            let source = if source.contains('\r') { source } else { source.replace('\n', ending) };
            let faults = parse("patches/x.patch", &Text::from(source.as_str())).expect_err(&source);
            let told = |fault: &rebrand::fault::Fault| {
                format!("{}:{} {}", fault.place.line, fault.place.column, fault.message)
            };
            let found: Vec<String> = faults.iter().map(told).collect();
            assert_eq!(found, *expected, "{source}");
            for fault in faults {
                assert_eq!(fault.place.file, "patches/x.patch");
                assert!(fault.hint.is_some_and(|hint| !hint.is_empty() && !hint.ends_with('.')), "{source}");
                assert!(!fault.message.ends_with('.'), "{source}");
            }
        }
    }
}
