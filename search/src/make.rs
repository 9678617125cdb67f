//! Codes and wordings → an index. Called once for each state of the catalogue.

use std::path::Path;

use caseconsult_core::{
    domain::code::CodeSystem,
    search::{
        lexicon::Counting,
        pack,
        target::{Target, Targets},
        weight,
        wording::{Form, Wording},
    },
};
use tantivy::{
    Directory, IndexBuilder, SingleSegmentIndexWriter, TantivyDocument,
    directory::{MmapDirectory, RamDirectory},
};

use crate::{
    Index, IndexError,
    shape::{self, Shape},
};

/// Memory for rows on their way to the folder; the whole index fits.
const MEMORY: usize = 128 << 20;

/// What is gathered for an index.
#[derive(Debug)]
pub struct Making {
    targets: Targets,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    target: u32,
    form: Form,
    words: Vec<String>,
    beside: Vec<String>,
    /// Which of its words name its thing; all, where nothing is told.
    name: Option<Vec<String>>,
    text: Option<String>,
}

impl Making {
    /// For these codes. Their words are filled in from their titles.
    #[must_use]
    pub fn new(targets: Vec<Target>) -> Self {
        Self { targets: Targets::new(targets), rows: Vec::new() }
    }

    /// Whether a code is among them.
    #[must_use]
    pub fn knows(&self, wording: &Wording) -> bool {
        self.targets.number(wording.system, &wording.code).is_some()
    }

    /// Adds a wording. One of a code that is not among the targets is left out: an index of another year names codes
    /// that no list has.
    pub fn add(&mut self, wording: &Wording) {
        let Some(target) = self.targets.number(wording.system, &wording.code) else { return };
        let (words, beside) = wording.words();
        if words.is_empty() {
            return;
        }
        let text = (wording.form != Form::Title).then(|| wording.text.clone());
        self.rows.push(Row { target, form: wording.form, words, beside, name: wording.name(), text });
    }

    /// An index in memory.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_memory(self) -> Result<Index, IndexError> {
        let folder = RamDirectory::create();
        self.fill(&folder)?;
        Index::of(folder)
    }

    /// An index in a folder that exists and is empty.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn in_folder(self, folder: &Path) -> Result<Index, IndexError> {
        let open = || MmapDirectory::open(folder).map_err(tantivy::TantivyError::from);
        self.fill(&open()?)?;
        Index::of(open()?)
    }

    fn fill(mut self, folder: &(impl Directory + Clone)) -> Result<(), IndexError> {
        // By code, so that a family's rows are counted together, and lie together in the postings.
        self.rows
            .sort_by(|one, other| (one.target, one.form, &one.words).cmp(&(other.target, other.form, &other.words)));
        self.rows.dedup_by(|one, other| (one.target, &one.words) == (other.target, &other.words));
        let mut counting = Counting::default();
        let mut family = 0;
        let mut last: Option<(CodeSystem, String)> = None;
        let mut numbers: Vec<Vec<u32>> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            if let Some(target) = self.targets.get(row.target) {
                let (system, stem) = target.family();
                if last.as_ref().is_none_or(|(before, text)| (*before, text.as_str()) != (system, stem)) {
                    family += u32::from(last.is_some());
                    last = Some((system, stem.to_owned()));
                }
            }
            numbers.push(row.words.iter().map(|word| counting.count(family, word)).collect());
            for word in &row.beside {
                counting.count(family, word);
            }
        }
        let (lexicon, renumbered) = counting.finish();
        let place = |old: u32| usize::try_from(old).ok().and_then(|at| renumbered.get(at)).copied().unwrap_or(0);

        let mut targets = self.targets.all().to_vec();
        let shape = Shape::new();
        let mut writer: SingleSegmentIndexWriter<TantivyDocument> =
            IndexBuilder::new().schema(shape.schema.clone()).single_segment_index_writer(folder.clone(), MEMORY)?;
        for (row, numbers) in self.rows.iter().zip(&numbers) {
            let mut cost = 0.0;
            for (number, word) in numbers.iter().map(|old| place(*old)).zip(&row.words) {
                let names = row.name.as_ref().is_none_or(|name| name.binary_search(word).is_ok());
                cost += lexicon.cost(number) * if names { 1.0 } else { weight::DESCRIBING };
                if matches!(row.form, Form::Title | Form::ShortTitle)
                    && let Some(target) = usize::try_from(row.target).ok().and_then(|at| targets.get_mut(at))
                {
                    target.words.push(number);
                }
            }
            let mut document = TantivyDocument::default();
            for word in &row.words {
                document.add_text(shape.words, word);
            }
            for word in &row.beside {
                document.add_text(shape.beside, word);
            }
            document.add_u64(shape.target, u64::from(row.target) * shape::FORMS + row.form as u64);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small sum of costs")]
            document.add_u64(shape.cost, (cost * shape::THOUSANDTHS) as u64);
            if let Some(text) = &row.text {
                document.add_text(shape.text, text);
            }
            writer.add_document(document)?;
        }
        writer.finalize()?;
        for target in &mut targets {
            target.words.sort_unstable();
            target.words.dedup();
        }
        folder.atomic_write(shape::pack(), &pack::packed(&lexicon, &Targets::new(targets)))?;
        folder.sync_directory()?;
        Ok(())
    }
}
