{# Attributes an official workbook leaves blank do not wipe what a register said; a later register replaces it. #}
{% set attributes = [
    'school_name', 'name_key', 'school_type', 'ownership', 'sponsor_code', 'area_type', 'township', 'is_boarding',
    'is_counted', 'parent_ref', 'established_year', 'longitude', 'latitude', 'former_names', 'import_id',
    'import_seq', 'file_name', 'sheet_name', 'source_row',
] %}

with

schools as (
    select * from {{ ref('stg_schools') }}
),

with_code as (
    select *
    from schools
    where school_code is not null
    qualify row_number() over (partition by school_year, school_code order by import_seq desc, source_row asc) = 1
),

by_name_only as (
    select distinct
        school_year,
        name_key as school_ref
    from schools
    where school_code is null
),

resolved as (
    {{ resolve_references('by_name_only', 'with_code') }}
),

coded as (
    select
        schools.* exclude (school_code),
        coalesce(schools.school_code, resolved.school_code) as school_code
    from schools
    left join resolved on schools.school_year = resolved.school_year and schools.name_key = resolved.school_ref
),

ordered as (
    select
        *,
        row_number() over (
            partition by school_year, school_code
            order by import_seq, file_name, sheet_name, source_row
        ) as recency
    from coded
),

kept as (
    select *
    from ordered
    qualify import_seq >= coalesce(
            max(case when replaces = 'school' then import_seq end) over (partition by school_year, school_code), 0
        )
),

final as (
    select
        school_year,
        school_code,
        {% for attribute in attributes %}
        arg_max({{ attribute }}, recency) as {{ attribute }},
        {% endfor %}
    from kept
    group by school_year, school_code
)

select * from final
