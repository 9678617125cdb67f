//! What a page draws: the operators that show text, and whether there are pictures (ISO 32000-1 §8 and §9).
//!
//! Text that is not painted is read too: the text layer of a scan is invisible. Forms within the page are followed to
//! a depth. Nothing is drawn.

use std::{collections::HashMap, rc::Rc};

use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString},
    page::Resources,
};

use super::{
    font::Font,
    form,
    matrix::{Matrix, Run},
    stream,
};

/// Forms in forms are followed so deep.
const DEEPEST_FORM: usize = 8;
/// What looking up a picture or a form by its name costs, in operators.
const NAME_COSTS: usize = 200;
/// What opening a form costs, in operators.
const FORM_COSTS: usize = 2_000;
/// Graphics states that are kept.
const DEEPEST_STATE: usize = 256;
/// A text that stands in for what is shown is no longer; bytes.
const LONGEST_STAND_IN: usize = 2_000;

/// Fonts that were read, over all pages.
pub(super) type Fonts = HashMap<ObjectIdentifier, Rc<Font>>;

/// What one page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) runs: Vec<Run>,
    /// Glyphs that are no letter that anything names.
    pub(super) nameless: usize,
    /// Whether anything but text is painted.
    pub(super) has_marks: bool,
    /// The area of the largest picture, in units of the page.
    pub(super) largest_picture: f64,
}

/// What applies to the text that comes next.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// A text that stands in for what is shown (ISO 32000-1 §14.9.4), and which run it begins at.
struct StandIn {
    text: Option<String>,
    from: usize,
}

/// Reads content.
pub(super) struct Painter<'p> {
    pub(super) shown: Shown,
    pub(super) fonts: &'p mut Fonts,
    /// How many operators may still be carried out.
    pub(super) left: &'p mut usize,
    state: State,
    states: Vec<State>,
    text: Matrix,
    line: Matrix,
    marked: Vec<StandIn>,
}

impl<'p> Painter<'p> {
    pub(super) fn new(fonts: &'p mut Fonts, left: &'p mut usize) -> Self {
        let state = State {
            matrix: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            shown: Shown::default(),
            fonts,
            left,
            state,
            states: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
        }
    }

    /// Carries out the operators of one stream.
    pub(super) fn stream(&mut self, bytes: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut operators = TypedIter::new(bytes);
        let floor = self.states.len();
        while let Some(operator) = operators.next() {
            let Some(left) = self.left.checked_sub(1) else { break };
            *self.left = left;
            self.operator(&operator, resources, depth);
        }
        // What a form saved and did not restore is not the page's.
        self.states.truncate(floor);
    }

    fn operator(&mut self, operator: &TypedInstruction<'_, '_>, resources: &Resources<'_>, depth: usize) {
        use TypedInstruction as Op;
        match operator {
            Op::SaveState(_) if self.states.len() < DEEPEST_STATE => self.states.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            Op::Transform(op) => {
                self.state.matrix = matrix(&op.0, &op.1, &op.2, &op.3, &op.4, &op.5).then(self.state.matrix);
            }
            Op::BeginText(_) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::TextFont(op) => {
                self.state.font = resources.get_font(op.0).map(|dict| self.font(&dict));
                self.state.size = op.1.as_f64();
            }
            Op::CharacterSpacing(op) => self.state.letter_gap = op.0.as_f64(),
            Op::WordSpacing(op) => self.state.word_gap = op.0.as_f64(),
            Op::HorizontalScaling(op) => self.state.stretch = op.0.as_f64() / 100.0,
            Op::TextLeading(op) => self.state.leading = op.0.as_f64(),
            Op::TextRise(op) => self.state.rise = op.0.as_f64(),
            Op::SetTextMatrix(op) => {
                self.line = matrix(&op.0, &op.1, &op.2, &op.3, &op.4, &op.5);
                self.text = self.line;
            }
            Op::NextLine(op) => self.next_line(op.0.as_f64(), op.1.as_f64()),
            Op::NextLineAndSetLeading(op) => {
                self.state.leading = -op.1.as_f64();
                self.next_line(op.0.as_f64(), op.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(op) => self.show(op.0),
            Op::NextLineAndShowText(op) => {
                self.next_line(0.0, -self.state.leading);
                self.show(op.0);
            }
            Op::ShowTextWithParameters(op) => {
                (self.state.word_gap, self.state.letter_gap) = (op.0.as_f64(), op.1.as_f64());
                self.next_line(0.0, -self.state.leading);
                self.show(op.2);
            }
            Op::ShowTexts(op) => self.show_all(op.0),
            Op::BeginMarkedContent(_) => self.mark(None, resources),
            Op::BeginMarkedContentWithProperties(op) => self.mark(Some(op.1), resources),
            Op::EndMarkedContent(_) => self.unmark(),
            Op::InlineImage(_) => self.picture(),
            Op::XObject(op) => self.x_object(op.0, resources, depth),
            Op::StrokePath(_)
            | Op::CloseAndStrokePath(_)
            | Op::FillPathNonZero(_)
            | Op::FillPathNonZeroCompatibility(_)
            | Op::FillPathEvenOdd(_)
            | Op::Shading(_) => self.shown.has_marks = true,
            _ => {}
        }
    }

    fn font(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let Some(id) = dict.obj_id() else { return Rc::new(Font::read(dict)) };
        Rc::clone(self.fonts.entry(id).or_insert_with(|| Rc::new(Font::read(dict))))
    }

    fn next_line(&mut self, right: f64, up: f64) {
        self.line = Matrix::moved(right, up).then(self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, items: &Array<'_>) {
        for item in items.iter::<Object<'_>>() {
            match item {
                Object::String(string) => self.show(&string),
                Object::Number(number) => {
                    let step = -number.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Matrix::moved(step, 0.0).then(self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, string: &PdfString<'_>) {
        let State { size, letter_gap, word_gap, stretch, rise, .. } = self.state;
        let Some(font) = self.state.font.clone() else { return };
        let (mut letters, mut step, mut width, mut nameless) = (String::new(), 0.0, 0.0, 0);
        font.glyphs(string.as_bytes(), |glyph| {
            let drawn = glyph.width / 1000.0 * size * stretch;
            width = step + drawn;
            let gap = letter_gap + if glyph.is_blank { word_gap } else { 0.0 };
            step += drawn + gap * stretch;
            match glyph.text {
                Some(text) => letters.push_str(&text),
                None => nameless += 1,
            }
        });
        self.shown.nameless += nameless;
        let place = Matrix::moved(0.0, rise).then(self.text).then(self.state.matrix);
        if !letters.is_empty()
            && let Some(run) = Run::new(letters, place, width, size)
        {
            self.shown.runs.push(run);
        }
        self.text = Matrix::moved(step, 0.0).then(self.text);
    }

    /// Begins a stretch of marked content, perhaps with a text that stands in for it.
    fn mark(&mut self, properties: Option<&Object<'_>>, resources: &Resources<'_>) {
        let text = match properties {
            Some(Object::Dict(properties)) => properties.get::<PdfString<'_>>("ActualText"),
            Some(Object::Name(name)) => {
                resources.properties.get::<Dict<'_>>(name).and_then(|dict| dict.get::<PdfString<'_>>("ActualText"))
            }
            _ => None,
        };
        let text =
            text.filter(|text| text.as_bytes().len() <= LONGEST_STAND_IN).map(|text| form::text(text.as_bytes()));
        if self.marked.len() < DEEPEST_STATE {
            self.marked.push(StandIn { text, from: self.shown.runs.len() });
        }
    }

    fn unmark(&mut self) {
        let Some(StandIn { text: Some(text), from }) = self.marked.pop() else { return };
        let runs = self.shown.runs.split_off(from.min(self.shown.runs.len()));
        let mut runs = runs.into_iter();
        let Some(mut first) = runs.next() else { return };
        for run in runs {
            // A stand-in over several lines would lose where each was.
            if (run.across - first.across).abs() < first.size {
                first.width = first.width.max(run.along + run.width - first.along);
            }
        }
        first.text = text;
        self.shown.runs.push(first);
    }

    fn picture(&mut self) {
        self.shown.has_marks = true;
        self.shown.largest_picture = self.shown.largest_picture.max(self.state.matrix.area());
    }

    fn x_object(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        *self.left = self.left.saturating_sub(NAME_COSTS);
        let Some(object) = resources.get_x_object(name) else { return };
        match object.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.picture(),
            Some(b"Form") if depth < DEEPEST_FORM => self.form(&object, Matrix::IDENTITY, resources, depth),
            _ => {}
        }
    }

    /// Carries out a form, placed by `place` and its own matrix.
    pub(super) fn form(&mut self, form: &Stream<'_>, place: Matrix, around: &Resources<'_>, depth: usize) {
        let (state, text, line) = (self.state.clone(), self.text, self.line);
        let own = form.dict().get::<Array<'_>>("Matrix").and_then(|matrix| Matrix::read(&matrix));
        self.state.matrix = own.unwrap_or(Matrix::IDENTITY).then(place).then(self.state.matrix);
        let bytes = stream::bytes(form);
        // Unpacking is work too: a form that is drawn again and again is unpacked each time.
        *self.left = self.left.saturating_sub(FORM_COSTS + bytes.len() / 64);
        match form.dict().get::<Dict<'_>>("Resources") {
            Some(resources) => self.stream(&bytes, &Resources::new(resources), depth + 1),
            None => self.stream(&bytes, around, depth + 1),
        }
        (self.state, self.text, self.line) = (state, text, line);
    }
}

fn matrix(a: &Number, b: &Number, c: &Number, d: &Number, e: &Number, f: &Number) -> Matrix {
    Matrix([a, b, c, d, e, f].map(|number| number.as_f64()))
}
