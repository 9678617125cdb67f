//! Words that tell circumstances for which no typed reading exists: `|` parts them, and `*` ends one that goes on.
//! Payers, places, sides, roles, times and denial codes are not here: [`crate::extract::said`] reads those.

/// Whether services were of one encounter.
pub(super) const SAME_OR_NOT: &str = "same day|same date|same time|same session|same sitting|same visit|same encounter|same anesthesia|\
    same claim|same hour|same morning|one sitting|one visit|one day|one session|one claim|one date|\
    one encounter|in the same|first day|same wound|one wound|separate*|different|another|other|\
    later that|next morning|the next day|afterwards|beforehand|at once|together with the|on the same|\
    same patient same|both on|one patient|with the visit|came in for";
/// A length, an area, a depth, a share.
pub(super) const EXTENTS: &str = "cm|mm|sq|square|inch|inches|length|size|measur*|levels|depth|deep|percent|%|small|large|partial|\
    total|complete|half|great|piece|part|level|transrectal*|transperineal*|trus|one vessel|straightforward|occlu*";
/// How a drug was given.
pub(super) const ROUTES: &str = "im|iv|subq|sq|subcutaneous*|intramuscular*|intravenous*|oral*|po|push|inject*|shot|nebul*|inhal*|\
    infused|infusion over|intravitreal*|intrathecal*|topical*|bolus|pump|under the skin";
/// Video or voice.
pub(super) const MODALITIES: &str = "video*|audio*|phone*|telephone*|voice|camera|zoom|portal|call|called|rings|online|av|facetime|doxy|\
    by screen|tablet|on the tv|landline|message|messages|photos|pictures|uploads|rang|store and forward|asynchronous|two way|webcam";
/// Where the patient was.
pub(super) const PATIENT_PLACES: &str = "home|office|clinic|hospital|ed|er|facility|snf|nursing|school|work|vacation|another state|\
    out of state|house|apartment|residence|dialysis|with us|in our|at the clinic";
/// Why a test was done.
pub(super) const INTENTS: &str = "screening*|average risk|high risk|routine|yearly|annual*|surveillance|history of|symptom*|bleeding|\
    pain|diagnostic*|follow up|abnormal|check up|wellness|preventive|planned as|because of|complain*|\
    asymptomatic|no complaint*|smoked|smoker|adenomas|polyp*|anemia|nodule*|low risk|physical|welcome|\
    never had|eligible|frequency|smokes|weight loss";
/// A visit or operation that has nothing to do with the first.
pub(super) const UNRELATED: &str =
    "unrelated|not related|nothing to do with|different problem|other problem|another problem|new problem";
/// One that was planned, or goes on with the first.
pub(super) const PLANNED: &str = "planned|staged|second stage|expected if|was expected|anticipated|prospectively|moved up|\
    more extensive";
/// One for a complication, or the usual care after the first.
pub(super) const RELATED: &str = "complication*|infect*|bleed*|dehiscence|washout|hematoma|wound|pain|fever|swell*|swollen|redness|\
    leak*|post op check|postop check*|follow up|stitches|sutures|staples|dressing|injury|because of|\
    came back|return to the or|healing|scar|drain*|pus|follow ups";
/// A refusal told in words rather than by its code.
pub(super) const REFUSED: &str = "duplicate*|bundled|not eligible|inclusive|authorization|timely|deductible|do not go together|criteria not met|not a covered|taking back|too close|wrong contractor|frequency|\
    necessity|recoup*|take back|want it back|takeback|downgrad*|invalid|paid half|\
    without the appropriate";
/// An amount, a fee or relative values are asked about.
pub(super) const AMOUNTS: &str = "rvu|rvus|fee schedule amount|how much does medicare pay|how much is paid|allowed amount|how much do|\
    what does medicare pay|reimbursement rate|payment amount|work rvu|fee for|relative value*|\
    what percent";
/// A payer's policy, or what a list covers, is asked about.
pub(super) const COVERAGE: &str = "covered|cover|covers|lcd|ncd|medical necessity|necessity|medically necessary|on the list|\
    on the covered list|support*|coverage|payable dx|which dx|which diagnos*|policy";
/// Somebody who did it, where no role is named.
pub(super) const PEOPLE: &str = "surgeon|surgeons|two surgeons|same surgeon|same doctor|same provider|same group|our group|another doctor|\
    another group|other group|different group|different doctor|covering|partner";
/// What turns a screening into a procedure.
pub(super) const TURNED: &str = "polyp*|biops*|removed|snare*|snared|turned|became|converted|turns into|found|adenoma*";
/// Whether somebody is a new patient.
pub(super) const NEW_OR_NOT: &str = "new or established|established or new|new or est|est or new|new vs established|\
    new vs est|still new|still a new|considered new|considered established|count as new|counts as new|new again|\
    new patient or|is she new|is he new|are they new|a new patient";
/// New or established, told in passing.
pub(super) const KNOWN_PATIENT: &str = "established|est pt|est patient|existing patient|new pt|new patient|followed for years|my patient|inpatient|discharge day|hospital follow up";
