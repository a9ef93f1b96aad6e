alter table ledger_entry add column subject_key text not null default '';
alter table ledger_entry add column title_en text not null default '';
