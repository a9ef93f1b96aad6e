create table plan (
    id integer primary key autoincrement,
    name text not null unique,
    kind text not null,
    standard_code text not null,
    school_year integer not null,
    snapshot_id text not null,
    asked text not null,
    summary text not null,
    steps text not null,
    saved_at text not null,
    saved_by text not null
);
