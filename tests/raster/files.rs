//! How long the strips, how thin the lines: odd shapes of sources all give pictures.

use rebrand::raster::{Fit, Recipe};

use crate::sources::{one, picture, png, recipe};

#[test]
fn odd_shapes_are_drawn() {
    for (width, height) in [(1, 1), (1, 3), (16_384, 1), (1, 5000), (4097, 3), (511, 513), (1025, 7)] {
        let source = png(&picture(width, height, |_, _| [40, 90, 140, 255]));
        for wanted in [recipe(16, 16), recipe(100, 40), Recipe { fit: Fit::Cover, ..recipe(64, 64) }] {
            let (made, _) = one(&source, wanted.clone());
            assert_eq!(made.dimensions(), (wanted.width, wanted.height));
            let lit = made.pixels().filter(|pixel| pixel[3] > 0);
            assert!(lit.clone().count() > 0, "{width}×{height}");
            assert!(lit.into_iter().all(|pixel| pixel.0 == [40, 90, 140, 255]), "{width}×{height}");
        }
    }
}

/// Whatever the factor a source is reduced by, and however its border falls, one colour stays one colour.
#[test]
fn reduction_leaves_no_edge() {
    for size in [333, 640, 1023, 1410] {
        let source = png(&picture(size, size, |_, _| [200, 100, 50, 255]));
        for wanted in [16, 33, 180] {
            let (made, _) = one(&source, recipe(wanted, wanted));
            assert!(made.pixels().all(|pixel| pixel.0 == [200, 100, 50, 255]), "{size} to {wanted}");
        }
    }
}
