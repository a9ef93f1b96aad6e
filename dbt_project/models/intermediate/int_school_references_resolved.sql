{% set referring = {
    'stg_conditions': ['school_ref'],
    'stg_staff_counts': ['school_ref'],
    'stg_rooms': ['school_ref'],
    'stg_classes': ['school_ref'],
    'stg_teachers': ['school_ref', 'exchange_school_ref', 'support_school_ref'],
    'stg_exchanges': ['school_ref', 'to_school_ref'],
    'stg_consortium_members': ['school_ref'],
    'stg_consortium_activities': ['school_ref'],
    'stg_satisfaction': ['school_ref'],
} %}

with

registered as (
    select * from {{ ref('int_schools_registered') }}
),

refs as (
    {% for dataset, columns in referring.items() %}
    {% for column in columns %}
    select
        school_year,
        {{ column }} as school_ref
    from {{ ref(dataset) }}
    where {{ column }} <> ''
    union
    {% endfor %}
    {% endfor %}
    select
        school_year,
        unnest(string_split(participant_refs, '|')) as school_ref
    from {{ ref('stg_consortium_activities') }} where participant_refs <> ''
    union
    select
        school_year,
        school_ref
    from {{ ref('stg_issues') }} where school_year is not null and school_ref <> ''
    union
    select
        exams.school_year,
        groups.school_ref
    from {{ ref('stg_exam_groups') }} as groups
    inner join {{ ref('int_exams_dated') }} as exams on groups.exam_code = exams.exam_code
    where groups.school_ref <> ''
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
