//! What to know about the pictures of a job, told from sizes alone.

use super::make::Logo;
use super::number::rounded;
use super::place::{Frame, Room};
use super::{Fit, Recipe, Remark};

/// The box of the logo in a meeting and on the welcome page, in CSS px, from upstream's `all.css` since 2021.
const BOX: (u32, u32) = (71, 32);

/// Between these aspects a logo fills enough of its box.
const ASPECTS: std::ops::RangeInclusive<f64> = 1.2..=4.0;

/// The largest icon whose letters are judged, in px.
const ICON: u32 = 32;

/// From this aspect on, a logo is taken for a word, and its height for that of its letters.
const WORD: f64 = 2.0;

/// The fewest px that letters need to be read.
const READ: f64 = 6.0;

/// Everything to know, in the order of the recipes.
pub(super) fn remarks(logo: &Logo, recipes: &[Recipe], rooms: &[Vec<Room>]) -> Vec<Remark> {
    let (natural, letters, mut remarks) = match logo {
        Logo::Bitmap(bitmap) => (bitmap.natural, None, Vec::new()),
        Logo::Drawing(drawing) => (drawing.content, drawing.letters, drawing.remarks.clone()),
    };
    if matches!(logo, Logo::Bitmap(_)) {
        remarks
            .extend(rooms.iter().enumerate().filter_map(|(recipe, rooms)| blown_up(recipe, rooms, natural)));
    }
    if recipes.iter().any(|recipe| recipe.fit != Fit::Cover) {
        remarks.extend(shape(natural));
    }
    let icons = rooms.iter().flatten().filter(|room| room.width.max(room.height) <= ICON);
    remarks.extend(icons.min_by_key(|room| room.width).and_then(|room| illegible(*room, natural, letters)));
    remarks
}

/// The worst of the rooms of one recipe.
fn blown_up(recipe: usize, rooms: &[Room], natural: Frame) -> Option<Remark> {
    let scale = rooms.iter().map(|room| room.scale(natural).0).fold(0.0, f64::max);
    // Up to half a pixel is not worth a word.
    let needed = |length: f64| rounded(length * scale);
    (natural.width.max(natural.height) * (scale - 1.0) > 0.5).then(|| Remark::TooSmall {
        recipe,
        width: rounded(natural.width),
        height: rounded(natural.height),
        needed_width: needed(natural.width),
        needed_height: needed(natural.height),
    })
}

fn shape(natural: Frame) -> Option<Remark> {
    let scale = (f64::from(BOX.0) / natural.width).min(f64::from(BOX.1) / natural.height);
    let shown = |length: f64| rounded(length * scale).max(1);
    (!ASPECTS.contains(&(natural.width / natural.height))).then(|| Remark::Shape {
        width: rounded(natural.width).max(1),
        height: rounded(natural.height).max(1),
        shown_width: shown(natural.width),
        shown_height: shown(natural.height),
    })
}

fn illegible(room: Room, natural: Frame, letters: Option<f64>) -> Option<Remark> {
    if room.is_covered() {
        return None;
    }
    let word = (natural.width / natural.height >= WORD).then_some(natural.height);
    let height = letters.or(word)? * room.scale(natural).0;
    (height < READ).then(|| Remark::Illegible { size: room.width, height: rounded(height) })
}
