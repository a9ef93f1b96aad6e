create table evidence_file (
    id integer primary key autoincrement,
    sha256 text not null,
    name text not null,
    kind text not null,
    size integer not null,
    item_code text not null,
    school_code text not null,
    number integer references ledger_entry (number),
    note text not null,
    added_at text not null,
    added_by text not null,
    removed_at text,
    removed_by text
);
create index evidence_file_number on evidence_file (number);
