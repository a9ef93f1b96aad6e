{% set school = 'dataset, school_year, school_code' %}

with

cells as (
    select
        'conditions' as dataset,
        *
    from {{ ref('stg_conditions') }}
    union all by name
    select
        'staff_counts' as dataset,
        *
    from {{ ref('stg_staff_counts') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

placed as (
    select
        cells.* exclude (school_ref),
        resolved.school_code
    from cells
    inner join resolved on cells.school_year = resolved.school_year and cells.school_ref = resolved.school_ref
),

final as (
    select *
    from placed
    qualify
        {{ is_current(school, school ~ ', stage, field', 'stage') }}
)

select * from final
