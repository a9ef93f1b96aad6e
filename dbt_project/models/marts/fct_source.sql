with

imports as (
    select * from {{ source('landing', '_imports') }}
),

live as (
    select * from {{ ref('stg_imports') }}
),

counting as (
    select distinct
        import_id,
        file_name,
        sheet_name,
        dataset
    from {{ ref('int_cells_current') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'teachers' as dataset
    from {{ ref('int_teachers_current') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        dataset
    from {{ ref('int_rolls_current') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'schools' as dataset
    from {{ ref('int_schools_registered') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'exchanges' as dataset
    from {{ ref('int_exchanges_current') }}
    where dataset = 'exchanges'
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'targets' as dataset
    from {{ ref('stg_targets') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'consortium_members' as dataset
    from {{ ref('int_consortium_members_placed') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'consortium_activities' as dataset
    from {{ ref('int_consortium_attendance_placed') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'satisfaction' as dataset
    from {{ ref('stg_satisfaction') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'county_items' as dataset
    from {{ ref('stg_county_items') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'county_profile' as dataset
    from {{ ref('stg_county_profile') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'exam_papers' as dataset
    from {{ ref('stg_exam_papers') }}
    union
    select distinct
        import_id,
        file_name,
        sheet_name,
        'exam_scores' as dataset
    from {{ ref('int_exam_groups_current') }}
),

final as (
    select
        imports.import_id,
        imports.imported_at,
        imports.file_name,
        imports.file_hash,
        coalesce(imports.sheet_name, '') as sheet_name,
        coalesce(imports.dataset, '') as dataset,
        imports.rows_read,
        imports.rows_landed,
        imports.rows_refused,
        live.import_id is null as is_retracted,
        counting.import_id is not null as is_current
    from imports
    left join live on imports.import_id = live.import_id
    left join counting
        on imports.import_id = counting.import_id
            and imports.file_name = counting.file_name
            and imports.sheet_name is not distinct from counting.sheet_name
            and imports.dataset = counting.dataset
)

select * from final
