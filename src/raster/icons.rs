//! Several icons as one: the pictures of an ICO that each come from a source of their own.

/// The bytes of the head of an ICO, and of the entry of each of its pictures.
const HEAD: usize = 6;
const ENTRY: usize = 16;

/// The ICO that holds every picture of `icons`, in their order; none if one of them is no ICO.
#[must_use]
pub fn joined_icons(icons: &[&[u8]]) -> Option<Vec<u8>> {
    let pictures: Vec<(&[u8], &[u8])> =
        icons.iter().map(|icon| pictures(icon)).collect::<Option<Vec<_>>>()?.concat();
    let count = u16::try_from(pictures.len()).ok()?;
    let mut joined = vec![0, 0, 1, 0];
    joined.extend(count.to_le_bytes());
    let mut at = HEAD + ENTRY * pictures.len();
    for (entry, picture) in &pictures {
        // All of the entry but where its picture begins.
        joined.extend_from_slice(entry.get(..12)?);
        joined.extend(u32::try_from(at).ok()?.to_le_bytes());
        at += picture.len();
    }
    for (_, picture) in &pictures {
        joined.extend_from_slice(picture);
    }
    Some(joined)
}

/// The entry and the bytes of every picture of `icon`.
fn pictures(icon: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let count = u16::from_le_bytes(icon.get(4..HEAD)?.try_into().ok()?);
    let picture = |index: usize| {
        let entry = icon.get(HEAD + ENTRY * index..HEAD + ENTRY * (index + 1))?;
        let number = |from: usize| entry.get(from..from + 4)?.try_into().ok().map(u32::from_le_bytes);
        let (length, start) = (usize::try_from(number(8)?).ok()?, usize::try_from(number(12)?).ok()?);
        Some((entry, icon.get(start..start.checked_add(length)?)?))
    };
    (0..usize::from(count)).map(picture).collect()
}
