-- The first schema. Ids are UUIDv7 text; instants are microseconds since 1970, UTC; dates are YYYY-MM-DD text;
-- JSON is text. The two folders hold the same numbers and names, and a test compares what they make.

-- A mailbox in one UIDVALIDITY epoch (RFC 9051 section 2.3.1.1); Maildirs and imports have epoch 0.
CREATE TABLE mailboxes (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    floor_uid BIGINT NOT NULL DEFAULT 0,
    swept_at BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    UNIQUE (source, epoch)
);

-- Raw mail, byte for byte, once for each SHA-256. A large one lies in several chunks. `size` is what the mail
-- measures on the server; `complete` is false when only its head was kept.
--
-- Here, in `messages` and in `intake` a digest, message or case is named without a foreign key where the door alone
-- writes the row, in the transaction that writes what it names: PostgreSQL would look up each one by itself.
CREATE TABLE raw_mails (
    sha256 TEXT PRIMARY KEY,
    size BIGINT NOT NULL,
    complete BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE raw_chunks (
    sha256 TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (sha256, seq)
);

-- One consultation. `detail` is the state with its data, as JSON; `state` is its name, for lists and claims.
CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    stale BOOLEAN NOT NULL DEFAULT FALSE,
    asker TEXT,
    asker_name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    received_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    hint_case_id TEXT REFERENCES cases (id),
    claimed_by TEXT,
    claimed_until BIGINT,
    lease_owner TEXT,
    lease_until BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT,
    last_cause TEXT
);
CREATE INDEX cases_by_state ON cases (state, received_at);

-- Who may write into a case.
CREATE TABLE participants (
    case_id TEXT NOT NULL REFERENCES cases (id),
    address TEXT NOT NULL,
    PRIMARY KEY (case_id, address)
);

-- One mail of a case. `header_id` is its Message-ID as written; `content_hash` leaves out what relays change.
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    sha256 TEXT NOT NULL,
    header_id TEXT,
    content_hash TEXT NOT NULL,
    sender TEXT,
    sender_name TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    sent_at BIGINT,
    received_at BIGINT NOT NULL
);
CREATE INDEX messages_by_case ON messages (case_id, received_at);
CREATE INDEX messages_by_header_id ON messages (header_id);

-- The ledger: every mail ever seen in a mailbox ends here in exactly one state. `item` is the source's own name
-- of the mail: its UID, its Maildir file name, or the SHA-256 of an imported file.
CREATE TABLE intake (
    id TEXT PRIMARY KEY,
    mailbox_id TEXT NOT NULL REFERENCES mailboxes (id),
    item TEXT NOT NULL,
    uid BIGINT,
    state TEXT NOT NULL,
    rule TEXT,
    sha256 TEXT,
    size BIGINT NOT NULL DEFAULT 0,
    message_id TEXT,
    case_id TEXT,
    tries BIGINT NOT NULL DEFAULT 0,
    seen_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (mailbox_id, item)
);
CREATE INDEX intake_by_uid ON intake (mailbox_id, uid);
CREATE INDEX intake_by_sha256 ON intake (sha256);

-- Rows of the ledger whose mark or move on the server is still to be done: a short list of its own, since changing
-- the ledger's row would write all its indexes anew.
CREATE TABLE owed_marks (
    intake_id TEXT PRIMARY KEY,
    mailbox_id TEXT NOT NULL
);

-- What was read out of one mail; can be made again from its bytes.
CREATE TABLE readings (
    message_id TEXT PRIMARY KEY REFERENCES messages (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    reading TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX readings_by_case ON readings (case_id);

-- Every version of a draft, the machine's and the reviewers'. `author` is empty for the machine.
CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    version BIGINT NOT NULL,
    author TEXT,
    body TEXT NOT NULL,
    facts TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (case_id, version)
);

-- A reviewer's unsaved edit; survives signing off.
CREATE TABLE working_copies (
    case_id TEXT NOT NULL REFERENCES cases (id),
    user_id TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, user_id)
);

-- Approved bytes. What is sent is `bytes`, and its SHA-256 is what the approval names.
CREATE TABLE replies (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    draft_version BIGINT NOT NULL,
    header_id TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    overrides TEXT NOT NULL DEFAULT '[]',
    approved_by TEXT NOT NULL,
    approved_at BIGINT NOT NULL,
    withdrawn BOOLEAN NOT NULL DEFAULT FALSE,
    sent_at BIGINT,
    sent_copy TEXT NOT NULL DEFAULT 'none'
);
CREATE INDEX replies_by_case ON replies (case_id, approved_at);
CREATE INDEX replies_by_sent_copy ON replies (sent_copy);

-- One try to send. `outcome` stays empty while the try is under way or when its process died.
CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    reply_id TEXT NOT NULL REFERENCES replies (id),
    number BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT,
    reply_text TEXT,
    UNIQUE (reply_id, number)
);

-- What a reply can be found by when the like is asked again: codes, kinds and words of masked text, as JSON. It is found
-- once `sent_at` is set: only what was really sent counts.
CREATE TABLE precedents (
    reply_id TEXT PRIMARY KEY REFERENCES replies (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    terms TEXT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX precedents_by_sent_at ON precedents (sent_at, reply_id);

-- Codes that a reviewer took from the candidates: drafts list them beside those of the mails.
CREATE TABLE accepted_codes (
    case_id TEXT NOT NULL REFERENCES cases (id),
    system TEXT NOT NULL,
    code TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, system, code)
);

-- The history of a case. Rows are only added.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX events_by_case ON events (case_id, at);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    credential TEXT NOT NULL DEFAULT '',
    password_hash TEXT NOT NULL,
    disabled BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);

-- A browser that is signed in. The cookie's value is stored hashed.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    form_token TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- One release of one published table. Rows go live in one switch.
CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    dataset TEXT NOT NULL,
    name TEXT NOT NULL,
    publisher TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    effective_to TEXT,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    code_rows BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    imported_at BIGINT NOT NULL,
    live BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (dataset, sha256)
);

-- What an edition says of a code. `valid_from` and `valid_to` (inclusive) are the code's own dates where the
-- file gives them, and the edition's otherwise.
CREATE TABLE codes (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    system TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    short_title TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    billable BOOLEAN NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    see_also TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (edition_id, system, code)
);

-- What an edition of any other table says under one key, as bytes that only the fact's own type reads. All edits of
-- one code are one row, so four million of them are thirty thousand rows.
CREATE TABLE sheets (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    sheet_key TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (edition_id, sheet_key)
);

-- One row: the number of the last switch that made editions live or took them out. Whoever remembers the live editions
-- reads it together with what they say.
CREATE TABLE catalogue_generation (
    generation BIGINT NOT NULL
);
INSERT INTO catalogue_generation (generation) VALUES (0);

-- Terms of licensed files, and who accepted them for this installation.
CREATE TABLE licences (
    terms TEXT PRIMARY KEY,
    accepted_by TEXT NOT NULL,
    accepted_at BIGINT NOT NULL
);
