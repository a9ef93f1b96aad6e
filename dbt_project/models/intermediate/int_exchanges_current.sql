{#
    One row a stay of an exchanged teacher: the exchanges that count, and what a roster says of a teacher
    (交流单位, 支教单位) whom no exchange of that year names. A stay at the own school is none.
#}

with

exchanges as (
    select * from {{ ref('stg_exchanges') }}
),

teachers as (
    select * from {{ ref('int_teachers_current') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

types as (
    select * from {{ ref('exchange_types') }}
),

placed as (
    select
        exchanges.* exclude (school_ref, to_school_ref),
        senders.school_code as from_code,
        coalesce(hosts.school_code, exchanges.to_school_ref) as to_code,
        'exchanges' as dataset
    from exchanges
    inner join resolved as senders
        on exchanges.school_year = senders.school_year and exchanges.school_ref = senders.school_ref
    left join resolved as hosts
        on exchanges.school_year = hosts.school_year and exchanges.to_school_ref = hosts.school_ref
),

kept as (
    select *
    from placed
    qualify {{ is_current('school_year, from_code', 'school_year, from_code, teacher_key, to_code, start_date') }}
),

noted as (
    select
        *,
        unnest(['exchange_school_ref', 'support_school_ref']) as roster_field,
        unnest([exchange_school_ref, support_school_ref]) as to_school_ref
    from teachers
),

rostered as (
    select
        noted.school_year,
        noted.teacher_key,
        noted.teacher_tail,
        noted.school_code as from_code,
        resolved.school_code as to_code,
        types.exchange_type,
        noted.exchange_start as start_date,
        noted.exchange_end as end_date,
        'teachers' as dataset,
        noted.import_id,
        noted.import_seq,
        noted.file_name,
        noted.sheet_name,
        noted.source_row
    from noted
    inner join types on noted.roster_field = types.roster_field
    inner join resolved on noted.school_year = resolved.school_year and noted.to_school_ref = resolved.school_ref
    where (noted.school_year, noted.teacher_key) not in (select (kept.school_year, kept.teacher_key) from kept)
),

united as (
    select * from kept
    union all by name
    select * from rostered
),

final as (
    select
        united.*,
        coalesce(united.from_code = united.to_code, false) as is_at_own_school,
        coalesce(types.is_counted and united.from_code <> coalesce(united.to_code, ''), false) as is_counted
    from united
    left join types on united.exchange_type = types.exchange_type
)

select * from final
