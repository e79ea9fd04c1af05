//! From one source to all its pictures: read once, then every picture on its own, the largest first.

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::bitmap::{self, Bitmap};
use super::canvas::Canvas;
use super::judge::standing_out;
use super::place::{Frame, Place, Room};
use super::scale::scaled;
use super::svg::{self, Drawing};
use super::{Error, Format, Job, Kind, Made, Recipe, Remark, Source, encode, notice, sniff};

/// The most threads, whatever the machine has: each takes memory.
const THREADS: usize = 4;

/// The longest side in px at which a drawing is looked at.
const LOOKED_AT: u32 = 128;

/// The stack of a thread, in bytes, for drawings that nest deeply; what is not used is never taken.
const STACK: usize = 16 << 20;

/// The largest size in an ICO, in px.
const LARGEST_ICON: u32 = 256;

/// Makes every picture of `job` from `source`, or none.
///
/// # Errors
/// What is wrong with the source or with a recipe; see `Error`.
pub fn make(source: &[u8], job: &Job) -> Result<Made, Error> {
    let kind = sniff::kind(source)?;
    let rooms: Vec<Vec<Room>> = job.recipes.iter().map(rooms).collect::<Result<_, _>>()?;
    if kind != Kind::Svg && job.recipes.iter().any(|recipe| recipe.format == Format::Svg) {
        return Err(Error::NoVector { kind });
    }
    let pool = pool(job.threads)?;
    pool.install(|| {
        let logo = Logo::read(source, kind, job, &rooms)?;
        let mut remarks = notice::remarks(&logo, &job.recipes, &rooms);
        let mut pictures = Vec::with_capacity(rooms.len());
        for made in all(&pool, &logo, job, &rooms) {
            let (picture, about) = made?;
            pictures.push(picture);
            remarks.extend(about);
        }
        Ok(Made { pictures, source: logo.source(), remarks })
    })
}

/// What the pictures are made of.
pub(super) enum Logo {
    Bitmap(Bitmap),
    Drawing(Box<Drawing>),
}

impl Logo {
    fn read(source: &[u8], kind: Kind, job: &Job, rooms: &[Vec<Room>]) -> Result<Self, Error> {
        if kind == Kind::Svg {
            return Ok(Logo::Drawing(Box::new(svg::read(source, &job.fonts)?)));
        }
        Ok(Logo::Bitmap(bitmap::read(source, kind, &rooms.concat())?))
    }

    fn source(&self) -> Source {
        match self {
            Logo::Bitmap(bitmap) => bitmap.source,
            Logo::Drawing(drawing) => drawing.source,
        }
    }

    /// What is seen of it, in the units it is drawn from.
    fn content(&self) -> Frame {
        match self {
            Logo::Bitmap(bitmap) => bitmap.content,
            Logo::Drawing(drawing) => drawing.content,
        }
    }

    fn shown(&self, place: Place) -> Result<Vec<[u8; 4]>, Error> {
        match self {
            Logo::Bitmap(bitmap) => scaled(&bitmap.pixels, place.part, place.width, place.height),
            Logo::Drawing(drawing) => drawing.drawn(place),
        }
    }
}

/// The rooms of one recipe: one for a PNG, one for every size of an ICO, none for an SVG.
fn rooms(recipe: &Recipe) -> Result<Vec<Room>, Error> {
    match &recipe.format {
        Format::Png => Ok(vec![Room::new(recipe, recipe.width, recipe.height)?]),
        Format::Svg => Ok(Vec::new()),
        Format::Ico { sizes } => {
            let wrong = sizes.iter().find(|size| **size > LARGEST_ICON);
            if let Some(size) = wrong.copied().or(sizes.is_empty().then_some(0)) {
                return Err(Error::Recipe { width: size, height: size, padding: recipe.padding });
            }
            sizes.iter().map(|size| Room::new(recipe, *size, *size)).collect()
        }
    }
}

fn pool(threads: u8) -> Result<ThreadPool, Error> {
    let threads = match usize::from(threads) {
        0 => std::thread::available_parallelism().map_or(1, usize::from).min(THREADS),
        threads => threads,
    };
    let builder = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().map_err(|error| Error::write(&error))
}

type Picture = Result<(Vec<u8>, Vec<Remark>), Error>;

/// Every picture, each where its recipe is. The largest takes longest, so it is begun first.
fn all(pool: &ThreadPool, logo: &Logo, job: &Job, rooms: &[Vec<Room>]) -> Vec<Picture> {
    let mut made: Vec<Picture> = rooms.iter().map(|_| Err(Error::write(&"it was not begun"))).collect();
    let mut order: Vec<_> = made.iter_mut().zip(&job.recipes).zip(rooms).enumerate().collect();
    order.sort_by_key(|(_, (_, rooms))| {
        let pixels = rooms.iter().map(|room| u64::from(room.width) * u64::from(room.height));
        std::cmp::Reverse(pixels.sum::<u64>())
    });
    pool.scope_fifo(|scope| {
        for (index, ((slot, recipe), rooms)) in order {
            scope.spawn_fifo(move |_| *slot = one(logo, (index, recipe), rooms, job));
        }
    });
    made
}

fn one(logo: &Logo, (index, recipe): (usize, &Recipe), rooms: &[Room], job: &Job) -> Picture {
    let mut canvases = Vec::with_capacity(rooms.len());
    for room in rooms {
        let room = if recipe.shrink { room.shrunk(logo.content()) } else { *room };
        let place = room.place(logo.content());
        let shown = logo.shown(place)?;
        canvases.push(Canvas::new((room.width, room.height), recipe.background, place, &shown)?);
    }
    match (&recipe.format, logo, canvases.first()) {
        (Format::Svg, Logo::Drawing(drawing), _) => {
            let (picture, long) = svg::write(drawing, recipe)?;
            let room = Room::new(recipe, LOOKED_AT, LOOKED_AT)?.shrunk(logo.content());
            let shown = logo.shown(room.place(logo.content()))?;
            Ok((picture, faint(index, recipe, &shown).chain(long).collect()))
        }
        (Format::Png, _, Some(canvas)) => {
            Ok((encode::png(canvas, job.effort)?, faint(index, recipe, &canvas.pixels).collect()))
        }
        (Format::Ico { .. }, _, Some(canvas)) => {
            Ok((encode::ico(&canvases, job.effort)?, faint(index, recipe, &canvas.pixels).collect()))
        }
        _ => Err(Error::write(&"there is nothing to write")),
    }
}

/// Where the picture `recipe`, whose pixels are `pixels`, hardly shows.
fn faint<'r>(index: usize, recipe: &'r Recipe, pixels: &'r [[u8; 4]]) -> impl Iterator<Item = Remark> + 'r {
    recipe
        .seen_on
        .iter()
        .filter_map(move |surface| Remark::faint(index, *surface, standing_out(pixels, *surface)?))
}
