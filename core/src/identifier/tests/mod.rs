//! What is found in lines that clinics write, and how well on the labelled texts. All lines are invented.

mod corpus;
mod habits;
mod lines;
mod properties;
