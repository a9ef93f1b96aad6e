with

compliance as (
    select * from {{ ref('fct_school_compliance') }}
),

schools as (
    select * from {{ ref('dim_school') }}
),

grouped as (
    {% for kind in ['area_type', 'township', 'school_type', 'ownership'] %}
    select
        compliance.*,
        '{{ kind }}' as group_kind,
        coalesce(schools.{{ kind }}, '未知') as group_name
    from compliance
    inner join schools on compliance.school_year = schools.school_year and compliance.school_code = schools.school_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        standard_code,
        school_year,
        stage,
        group_kind,
        group_name,
        cast(count(*) as integer) as schools,
        cast(count(case when verdict = 'compliant' then 1 end) as integer) as schools_compliant,
        cast(count(case when verdict = 'not_compliant' then 1 end) as integer) as schools_not_compliant,
        cast(count(case when verdict = 'incomplete' then 1 end) as integer) as schools_incomplete,
        count(case when verdict = 'compliant' then 1 end)
        / nullif(count(case when verdict <> 'not_tested' then 1 end), 0) as compliant_share,
        bool_or(is_corrected) as is_corrected
    from grouped
    group by standard_code, school_year, stage, group_kind, group_name
)

select * from final
