with

indicators as (
    select * from {{ ref('fct_school_indicator') }}
),

definitions as (
    select * from {{ ref('int_yardsticks_dated') }}
),

schools as (
    select * from {{ ref('dim_school') }}
),

grouped as (
    {% for kind in ['area_type', 'township', 'school_type', 'ownership'] %}
    select
        indicators.*,
        definitions.scale,
        '{{ kind }}' as group_kind,
        coalesce(schools.{{ kind }}, '未知') as group_name
    from indicators
    inner join schools on indicators.school_year = schools.school_year and indicators.school_code = schools.school_code
    inner join definitions
        on indicators.standard_code = definitions.standard_code
            and indicators.school_year = definitions.school_year
            and indicators.stage = definitions.stage
            and indicators.indicator_code = definitions.indicator_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        group_kind,
        group_name,
        cast(count(*) as integer) as schools,
        cast(count(value) as integer) as schools_with_value,
        {% for status in ['met', 'near', 'below'] %}
        cast(case when count(threshold) > 0 then count(case when status = '{{ status }}' then 1 end) end as integer)
            as schools_{{ status }},
        {% endfor %}
        cast(count(case when status = 'missing' then 1 end) as integer) as schools_missing,
        case when count(threshold) > 0 then count(case when status = 'met' then 1 end) / count(*) end as met_share,
        median(value) as median_value,
        {{ indicator_value(
            'any_value(scale)',
            'sum(case when value is not null then numerator end)',
            'sum(case when value is not null then denominator end)'
        ) }} as mean_value,
        sum(students) as students,
        sum(shortfall) as total_shortfall,
        bool_or(is_corrected) as is_corrected
    from grouped
    group by standard_code, school_year, stage, indicator_code, group_kind, group_name
)

select * from final
