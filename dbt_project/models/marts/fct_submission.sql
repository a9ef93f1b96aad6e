with

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

imports as (
    select * from {{ ref('stg_imports') }}
),

rows_kept as (
    select
        dataset,
        school_year,
        school_code,
        import_id,
        file_name
    from {{ ref('int_cells_current') }}
    union all
    select
        'teachers' as dataset,
        school_year,
        school_code,
        import_id,
        file_name
    from {{ ref('int_teachers_current') }}
    union all
    select
        dataset,
        school_year,
        school_code,
        import_id,
        file_name
    from {{ ref('int_rolls_current') }}
),

expected as (
    select distinct
        school_year,
        site_code as school_code,
        unnest(['conditions', 'staff_counts', 'classes', 'teachers', 'rooms']) as dataset
    from site_stages
    where stage in ('primary', 'junior')
),

received as (
    select
        rows_kept.dataset,
        rows_kept.school_year,
        rows_kept.school_code,
        count(*) as row_count,
        arg_max(rows_kept.file_name, imports.import_seq) as file_name,
        max(imports.imported_at) as imported_at
    from rows_kept
    inner join imports on rows_kept.import_id = imports.import_id
    group by rows_kept.dataset, rows_kept.school_year, rows_kept.school_code
),

final as (
    select
        school_year,
        school_code,
        dataset,
        case when received.row_count is not null then 'received' else 'missing' end as status,
        cast(coalesce(received.row_count, 0) as integer) as row_count,
        received.file_name,
        received.imported_at
    from expected
    left join received using (school_year, school_code, dataset)
)

select * from final
