//! Places on a page: matrices of six numbers (ISO 32000-1 §8.3.3), and the pieces of text that they place.

use hayro_syntax::object::Array;

/// `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    pub(super) fn place(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long a step of one to the right, and one upwards, becomes.
    pub(super) fn scale(self) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a.hypot(b), c.hypot(d))
    }

    /// By how much areas grow.
    pub(super) fn area(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs()
    }

    pub(super) fn read(array: &Array<'_>) -> Option<Self> {
        let mut numbers = array.iter::<f64>();
        let mut matrix = [0.0; 6];
        for number in &mut matrix {
            *number = numbers.next()?;
        }
        Some(Self(matrix))
    }
}

/// Which way a piece of text runs, to the nearest quarter turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    Right,
    Up,
    Left,
    Down,
}

/// A piece of text on a page, in the coordinates of its own direction.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) direction: Direction,
    /// Where it begins, along its direction.
    pub(super) along: f64,
    /// Where its line is, growing from line to line.
    pub(super) across: f64,
    pub(super) width: f64,
    /// The height of its letters.
    pub(super) size: f64,
}

impl Run {
    /// A text that is drawn from the origin of `matrix` to `width` on its x axis. None when it has no place.
    pub(super) fn new(text: String, matrix: Matrix, width: f64, size: f64) -> Option<Self> {
        let [a, b, ..] = matrix.0;
        let (x, y) = matrix.place(0.0, 0.0);
        let (along, up) = matrix.scale();
        let direction = match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
            (true, true, _) => Direction::Right,
            (true, false, _) => Direction::Left,
            (false, _, true) => Direction::Up,
            (false, _, false) => Direction::Down,
        };
        let (start, line) = match direction {
            Direction::Right => (x, -y),
            Direction::Left => (-x, y),
            Direction::Up => (y, x),
            Direction::Down => (-y, -x),
        };
        let run = Self { text, direction, along: start, across: line, width: width * along, size: size.abs() * up };
        let is_placed = [run.along, run.across, run.width, run.size].iter().all(|number| number.abs() < 1e7);
        is_placed.then_some(run)
    }
}
