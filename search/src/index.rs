//! An index at hand, and what is found in it.

use std::{ops::Range, path::Path};

use caseconsult_core::{
    domain::code::CodeSystem,
    search::{
        lexicon::Lexicon,
        pack,
        question::{self, Part, Reading},
        rank::{self, Asked, BESIDE, Met, Ranked, UNASKED},
        target::{Target, Targets},
        vocabulary::Vocabulary,
        wording::Form,
    },
};
use tantivy::{
    Directory, DocSet as _, SegmentReader, TantivyDocument, Term,
    directory::MmapDirectory,
    postings::SegmentPostings,
    schema::{Field, IndexRecordOption, Value as _},
    store::StoreReader,
};

use crate::{
    IndexError,
    shape::{self, Shape},
};

/// The most rows of one system that are ranked.
const MOST_MET: usize = 500;
/// How far below the best row, in words of middling worth, a row is still ranked.
const REACH: f32 = 4.0;

/// An index.
pub struct Index {
    segment: Option<SegmentReader>,
    store: Option<StoreReader>,
    shape: Shape,
    lexicon: Lexicon,
    targets: Targets,
    rows: Vec<Row>,
    stretches: Vec<Stretch>,
}

/// The rows of one system, which lie together.
struct Stretch {
    system: CodeSystem,
    rows: Range<u32>,
}

/// What is needed of every row at once.
#[derive(Clone, Copy)]
struct Row {
    target: u32,
    form: Form,
    cost: f32,
}

/// A code that was found.
#[derive(Debug)]
pub struct Found<'a> {
    /// The code.
    pub target: &'a Target,
    /// How it ranks.
    pub ranked: Ranked,
    /// The wording that was met; none when it is the title.
    pub wording: Option<String>,
}

impl Index {
    /// The index in a folder.
    ///
    /// # Errors
    /// When there is none, or one of another version.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        Self::of(MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?)
    }

    pub(crate) fn of(folder: impl Directory + Clone) -> Result<Self, IndexError> {
        let (lexicon, targets) = pack::unpacked(&folder.atomic_read(shape::pack())?)?;
        let index = tantivy::Index::open(folder)?;
        let segment = match index.searchable_segments()?.first() {
            Some(segment) => Some(SegmentReader::open(segment)?),
            None => None,
        };
        let rows = segment.as_ref().map(rows).transpose()?.unwrap_or_default();
        // A wording is read only for what is shown: one block at a time is enough.
        let store = segment.as_ref().map(|segment| segment.get_store_reader(1)).transpose()?;
        let stretches = stretches(&targets, &rows);
        Ok(Self { segment, store, shape: Shape::new(), lexicon, targets, rows, stretches })
    }

    /// Its words.
    #[must_use]
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What was asked, as this index reads it.
    #[must_use]
    pub fn read(&self, text: &str) -> Vec<Part> {
        let mut vocabularies: Vec<Vocabulary> = Vec::new();
        for vocabulary in self.stretches.iter().map(|of| Vocabulary::of(of.system)) {
            if !vocabularies.contains(&vocabulary) {
                vocabularies.push(vocabulary);
            }
        }
        question::read(&self.lexicon, &vocabularies, text)
    }

    /// The codes for one part of what was asked, the best first, at most `limit`. Each system is searched in its own
    /// words. Where several are, their codes are told apart by how much of what was asked they meet, since the words of
    /// one system may say in three what another says in one.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn find(&self, part: &Part, asked: Asked, limit: usize) -> Result<Vec<Found<'_>>, IndexError> {
        let mut all: Vec<Ranked> = Vec::new();
        for stretch in self.stretches.iter().filter(|of| asked.system.is_none_or(|system| system == of.system)) {
            let reading = part.reading(stretch.system);
            let met = self.meet(reading, stretch.rows.clone())?;
            let mut ranked = rank::rank(&self.lexicon, &self.targets, reading, asked, &met);
            ranked.truncate(limit);
            if asked.system.is_none() {
                let most = reading.worth(&self.lexicon).max(f32::EPSILON);
                ranked.iter_mut().for_each(|ranked| ranked.score /= most);
            }
            all.append(&mut ranked);
        }
        all.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.target.cmp(&other.target)));
        let mut found = Vec::new();
        for ranked in all.into_iter().take(limit) {
            let Some(target) = self.targets.get(ranked.target) else { continue };
            found.push(Found { target, ranked, wording: self.wording(&ranked)? });
        }
        Ok(found)
    }

    fn wording(&self, ranked: &Ranked) -> Result<Option<String>, IndexError> {
        let Some(store) = self.store.as_ref().filter(|_| ranked.form != Form::Title) else { return Ok(None) };
        let document: TantivyDocument = store.get(ranked.row)?;
        Ok(document.get_first(self.shape.text).and_then(|value| value.as_str().map(str::to_owned)))
    }

    /// The rows of a stretch that meet the words best, the best first.
    fn meet(&self, reading: &Reading, stretch: Range<u32>) -> Result<Vec<Met>, IndexError> {
        let mut words = vec![0_u32; stretch.len()];
        let mut score = vec![0.0_f32; stretch.len()];
        let mut touched: Vec<u32> = Vec::new();
        for (place, wanted) in (0_u32..).zip(&reading.wanted) {
            let Some(bit) = 1_u32.checked_shl(place) else { break };
            for (number, believed) in &wanted.any {
                let worth = self.lexicon.worth(*number) * wanted.factor * believed;
                let paid = self.lexicon.cost(*number) * UNASKED;
                for (field, gain) in [(self.shape.words, worth + paid), (self.shape.beside, worth * BESIDE)] {
                    let Some(mut postings) = self.postings(field, *number)? else { continue };
                    let mut row = postings.doc();
                    if row < stretch.start {
                        row = postings.seek(stretch.start);
                    }
                    while row < stretch.end {
                        let at = (row - stretch.start) as usize;
                        if let (Some(bits), Some(sum)) = (words.get_mut(at), score.get_mut(at))
                            && *bits & bit == 0
                        {
                            if *bits == 0 {
                                touched.push(row);
                            }
                            *bits |= bit;
                            *sum += gain;
                        }
                        row = postings.advance();
                    }
                }
            }
        }
        let mut met = Vec::new();
        let mut best = f32::MIN;
        for row in touched {
            let at = (row - stretch.start) as usize;
            let Some(sum) = score.get(at).filter(|sum| **sum > best - REACH) else { continue };
            let (Some(known), Some(bits)) = (self.rows.get(row as usize), words.get(at)) else { continue };
            let score = sum - UNASKED * known.cost;
            best = best.max(score);
            if score > best - REACH {
                met.push(Met { row, target: known.target, form: known.form, words: *bits, score });
            }
        }
        met.retain(|met| met.score > best - REACH);
        if met.len() > MOST_MET {
            met.select_nth_unstable_by(MOST_MET, by_score);
            met.truncate(MOST_MET);
        }
        met.sort_unstable_by(by_score);
        Ok(met)
    }

    fn postings(&self, field: Field, word: u32) -> Result<Option<SegmentPostings>, IndexError> {
        let Some(segment) = &self.segment else { return Ok(None) };
        let term = Term::from_field_text(field, self.lexicon.word(word));
        Ok(segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?)
    }
}

fn stretches(targets: &Targets, rows: &[Row]) -> Vec<Stretch> {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let system = |row: &Row| targets.get(row.target).map(|target| target.system);
    let mut from = 0;
    let pieces = rows.chunk_by(|one, other| system(one) == system(other));
    let stretches = pieces.filter_map(|piece| {
        let rows = place(from)..place(from + piece.len());
        from += piece.len();
        Some(Stretch { system: system(piece.first()?)?, rows })
    });
    stretches.collect()
}

fn by_score(one: &Met, other: &Met) -> std::cmp::Ordering {
    other.score.total_cmp(&one.score).then(one.row.cmp(&other.row))
}

fn rows(segment: &SegmentReader) -> Result<Vec<Row>, IndexError> {
    let targets = segment.fast_fields().u64("target")?.first_or_default_col(0);
    let costs = segment.fast_fields().u64("cost")?.first_or_default_col(0);
    let rows = (0..segment.max_doc()).map(|row| {
        let both = targets.get_val(row);
        #[expect(clippy::cast_precision_loss, reason = "thousandths of a small sum")]
        let cost = costs.get_val(row) as f32 / shape::THOUSANDTHS;
        let form = usize::try_from(both % shape::FORMS).ok().and_then(|form| Form::ALL.get(form)).copied();
        Row { target: u32::try_from(both / shape::FORMS).unwrap_or(u32::MAX), form: form.unwrap_or(Form::Title), cost }
    });
    Ok(rows.collect())
}
