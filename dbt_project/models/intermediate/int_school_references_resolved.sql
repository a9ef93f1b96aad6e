with

registered as (
    select * from {{ ref('int_schools_registered') }}
),

refs as (
    {% for dataset in ['stg_conditions', 'stg_staff_counts', 'stg_rooms', 'stg_classes', 'stg_teachers'] %}
    select
        school_year,
        school_ref
    from {{ ref(dataset) }}
    union
    {% endfor %}
    select
        school_year,
        school_ref
    from {{ ref('stg_issues') }} where school_year is not null and school_ref <> ''
    union
    select
        school_year,
        parent_ref as school_ref
    from registered where parent_ref <> ''
),

final as (
    {{ resolve_references('refs', 'registered') }}
)

select * from final
