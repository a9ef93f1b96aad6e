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

counted as (
    select *
    from placed
    qualify
        {{ is_current(school, school ~ ', stage, field', 'stage') }}
),

corrections as (
    select * from {{ ref('corrections') }}
    where new_value is not null
),

final as (
    select
        counted.* exclude (value),
        coalesce(corrections.new_value, counted.value) as value,
        corrections.new_value is not null as is_corrected,
        case when is_corrected then counted.value end as original_value,
        corrections.reason as correction_reason
    from counted
    left join corrections
        on counted.school_year = corrections.school_year
            and counted.school_code = corrections.school_code
            and counted.dataset = corrections.dataset
            and counted.stage = corrections.stage
            and counted.field = corrections.field
            and {{ same_figure('counted.value', 'corrections.old_value') }}
)

select * from final
