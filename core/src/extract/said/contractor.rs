//! Medicare administrative contractors: which states each serves for Parts A and B (CMS, "Who are the MACs").

use super::state::State;

/// A jurisdiction: its name, its contractor, its states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jurisdiction {
    /// `JH`, `J5`.
    pub name: &'static str,
    /// The contractor's short name, as [`Payer::name`](super::payer::Payer) has it.
    pub contractor: &'static str,
    states: &'static str,
}

const JURISDICTIONS: [Jurisdiction; 12] = [
    Jurisdiction { name: "J5", contractor: "WPS", states: "IA KS MO NE" },
    Jurisdiction { name: "J6", contractor: "NGS", states: "IL MN WI" },
    Jurisdiction { name: "J8", contractor: "WPS", states: "IN MI" },
    Jurisdiction { name: "J15", contractor: "CGS", states: "KY OH" },
    Jurisdiction { name: "JE", contractor: "Noridian", states: "CA HI NV AS GU MP" },
    Jurisdiction { name: "JF", contractor: "Noridian", states: "AK AZ ID MT ND OR SD UT WA WY" },
    Jurisdiction { name: "JH", contractor: "Novitas", states: "AR CO LA MS NM OK TX" },
    Jurisdiction { name: "JJ", contractor: "Palmetto", states: "AL GA TN" },
    Jurisdiction { name: "JK", contractor: "NGS", states: "CT ME MA NH NY RI VT" },
    Jurisdiction { name: "JL", contractor: "Novitas", states: "DE DC MD NJ PA" },
    Jurisdiction { name: "JM", contractor: "Palmetto", states: "NC SC VA WV" },
    Jurisdiction { name: "JN", contractor: "First Coast", states: "FL PR VI" },
];

impl Jurisdiction {
    /// The one that a state belongs to. A few counties of Virginia near Washington are served by JL instead.
    #[must_use]
    pub fn of(state: State) -> Option<Self> {
        JURISDICTIONS.into_iter().find(|one| one.states.split(' ').any(|postal| postal == state.as_str()))
    }

    /// Those that a contractor serves.
    pub fn served_by(contractor: &str) -> impl Iterator<Item = Self> {
        JURISDICTIONS.into_iter().filter(move |one| one.contractor == contractor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_one_jurisdiction_and_every_contractor_some() {
        let count: usize = JURISDICTIONS.iter().map(|one| one.states.split(' ').count()).sum();
        assert_eq!(count, 56, "50 states, the District of Columbia and 5 territories");
        assert_eq!(State::read("TX").and_then(Jurisdiction::of).map(|one| one.name), Some("JH"));
        assert_eq!(Jurisdiction::served_by("Noridian").map(|one| one.name).collect::<Vec<_>>(), ["JE", "JF"]);
    }
}
