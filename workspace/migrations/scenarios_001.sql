create table scenario (
    id integer primary key autoincrement,
    name text not null unique,
    standard_code text not null,
    school_year integer not null,
    snapshot_id text not null,
    changes text not null,
    note text not null,
    saved_at text not null,
    saved_by text not null
);
