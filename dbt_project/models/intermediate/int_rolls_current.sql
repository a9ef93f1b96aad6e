{# Classes and special rooms that count, one row each. #}

with

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

rolls as (
    select
        'classes' as dataset,
        school_year,
        school_ref,
        stage,
        grade,
        class_name as roll_name,
        concat_ws('-', stage, grade, class_name) as roll_key,
        students as amount,
        import_id,
        import_seq,
        replaces,
        file_name,
        sheet_name,
        source_row
    from {{ ref('stg_classes') }}
    union all
    select
        'rooms' as dataset,
        school_year,
        school_ref,
        null as stage,
        null as grade,
        room_kind as roll_name,
        concat_ws('-', room_kind, ordinal) as roll_key,
        area_m2 as amount,
        import_id,
        import_seq,
        replaces,
        file_name,
        sheet_name,
        source_row
    from {{ ref('stg_rooms') }}
),

placed as (
    select
        rolls.* exclude (school_ref),
        resolved.school_code
    from rolls
    inner join resolved on rolls.school_year = resolved.school_year and rolls.school_ref = resolved.school_ref
),

final as (
    select *
    from placed
    qualify {{ is_current('dataset, school_year, school_code', 'dataset, school_year, school_code, roll_key') }}
)

select * from final
