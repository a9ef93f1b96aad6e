{# Points and counts of each component, one row a consortium, school year, component and school, or `all`. #}

with

placed as (
    select * from {{ ref('int_consortium_values_placed') }}
    where consortium_code is not null and not is_exam
),

components as (
    select
        component,
        unnest(string_split(measures, '|')) as measure
    from {{ ref('consortium_components') }}
    where measures <> ''
),

growth as (
    select
        placed.consortium_code,
        placed.school_year,
        components.component,
        unnest(['all', placed.school_code]) as school_code,
        case when placed.status = 'met' or placed.value > placed.previous_value then 1.0e0 else 0.0e0 end as points
    from placed
    inner join components on placed.measure = components.measure
    where components.component in ('resource_growth', 'teacher_growth')
        and placed.value is not null
        and placed.previous_value is not null
),

leads as (
    select * from placed
    where role = '牵头'
),

distances as (
    select
        members.*,
        leads.value - members.value as gap,
        first_value(leads.value - members.value ignore nulls) over history as first_gap,
        row_number() over history as place
    from placed as members
    inner join leads using (consortium_code, measure, stage, period)
    where members.role = '成员'
    window history as (
        partition by members.consortium_code, members.measure, members.stage, members.school_code
        order by members.school_year, members.period
    )
),

narrowing as (
    select
        consortium_code,
        school_year,
        'all' as school_code,
        trend
    from {{ ref('fct_consortium_gap') }}
    where not is_exam
    union all
    select
        consortium_code,
        school_year,
        school_code,
        case when place > 1 then {{ gap_trend('gap', 'first_gap', 'distances') }} else 'unknown' end as trend
    from distances
),

pointed as (
    select * from growth
    union all by name
    select
        consortium_code,
        school_year,
        school_code,
        'gap_narrowing' as component,
        case trend when 'closing' then 1.0e0 when 'steady' then 0.5e0 else 0.0e0 end as points
    from narrowing
    where trend <> 'unknown'
    union all by name
    select
        members.consortium_code,
        members.school_year,
        unnest(['all', members.school_code]) as school_code,
        'pupil_progress' as component,
        case when effects.shrunk_effect >= 0 then 1.0e0 else 0.0e0 end as points
    from {{ ref('fct_value_added') }} as effects
    inner join {{ ref('int_consortium_members_yearly') }} as members
        on effects.school_year = members.school_year and effects.school_code = members.school_code
    where effects.subject = 'total' and effects.is_ranked and effects.shrunk_effect is not null
    union all by name
    select
        consortium_code,
        school_year,
        unnest(case when school_code = 'all' then ['all'] else ['all', school_code] end) as school_code,
        'duties' as component,
        completion as points
    from {{ ref('fct_consortium_duty') }}
    where completion is not null and not is_optional and not is_in_progress
),

counted as (
    select
        consortium_code,
        school_year,
        school_code,
        component,
        sum(points) as points,
        cast(count(*) as double) as compared
    from pointed
    group by consortium_code, school_year, school_code, component
    union all by name
    select
        answers.scope_code as consortium_code,
        answers.school_year,
        'all' as school_code,
        'satisfaction' as component,
        answers.satisfied as points,
        answers.responses as compared
    from {{ ref('fct_satisfaction') }} as answers
    where answers.scope = 'consortium' and answers.respondents = 'all'
    union all by name
    select
        members.consortium_code,
        answers.school_year,
        members.school_code,
        'satisfaction' as component,
        answers.satisfied as points,
        answers.responses as compared
    from {{ ref('fct_satisfaction') }} as answers
    inner join {{ ref('int_consortium_members_yearly') }} as members
        on answers.school_year = members.school_year and answers.scope_code = members.school_code
    where answers.scope = 'school' and answers.respondents = 'all'
)

select * from counted
