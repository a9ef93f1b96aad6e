create table ledger_entry (
    number integer primary key autoincrement,
    version integer not null,
    source_kind text not null,
    source_ref text not null,
    standard_code text not null,
    school_year integer,
    school_code text not null,
    school_name text not null,
    stage text not null,
    code text not null,
    title text not null,
    snapshot_id text not null,
    value real,
    value_unit text not null,
    threshold real,
    floor_value real,
    shortfall real,
    shortfall_to_floor real,
    amount_unit text not null,
    goal text not null,
    amount_needed real,
    problem text not null,
    measure text not null,
    responsible_unit text not null,
    responsible_person text not null,
    deadline text not null,
    progress text not null,
    state text not null,
    closing text not null,
    created_at text not null,
    created_by text not null,
    changed_at text not null,
    changed_by text not null
);
create index ledger_entry_subject on ledger_entry (school_code, stage, code, standard_code);

create table ledger_change (
    id integer primary key autoincrement,
    number integer not null references ledger_entry (number),
    version integer not null,
    field text not null,
    old text not null,
    new text not null,
    changed_at text not null,
    changed_by text not null,
    via text not null
);
create index ledger_change_entry on ledger_change (number, field, version);

create table ledger_conflict (
    id integer primary key autoincrement,
    number integer not null references ledger_entry (number),
    field text not null,
    base text not null,
    theirs text not null,
    theirs_by text not null,
    mine text not null,
    mine_by text not null,
    found_at text not null,
    via text not null,
    settled_at text,
    settled_by text,
    settled_with text
);
create index ledger_conflict_entry on ledger_conflict (number);

create table ledger_comment (
    id integer primary key autoincrement,
    number integer not null references ledger_entry (number),
    said text not null,
    written_at text not null,
    written_by text not null
);
create index ledger_comment_entry on ledger_comment (number);
