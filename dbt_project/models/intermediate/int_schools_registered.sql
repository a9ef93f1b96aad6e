{# Attributes a later official workbook leaves blank do not wipe what an earlier register said. #}
{% set attributes = [
    'school_name', 'name_key', 'school_type', 'ownership', 'sponsor_code', 'area_type', 'township', 'is_boarding',
    'is_counted', 'parent_ref', 'established_year', 'longitude', 'latitude', 'former_names', 'import_id',
    'import_seq', 'file_name', 'sheet_name', 'source_row',
] %}

with

schools as (
    select * from {{ ref('stg_schools') }}
),

codes_by_name as (
    select
        name_key,
        min(school_code) as school_code
    from schools
    where school_code is not null
    group by name_key
    having count(distinct school_code) = 1
),

coded as (
    select
        schools.* exclude (school_code),
        coalesce(schools.school_code, codes_by_name.school_code, schools.name_key) as school_code
    from schools
    left join codes_by_name on schools.name_key = codes_by_name.name_key
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
    qualify recency >= coalesce(
        max(case when replaces <> 'stage' then recency end) over (partition by school_year, school_code), 0
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
