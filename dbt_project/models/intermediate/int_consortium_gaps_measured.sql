{# Lead beside its members (pooled: sum over sum) in one measure, stage and period, and the spread among them. #}

with

placed as (
    select * from {{ ref('int_consortium_values_placed') }}
    where value is not null
),

inside as (
    select *
    from placed
    where consortium_code is not null
),

pooled as (
    select
        consortium_code,
        measure,
        stage,
        period,
        any_value(school_year) as school_year,
        any_value(period_date) as period_date,
        any_value(is_exam) as is_exam,
        sum(case when role = '牵头' then denominator end) as lead_pupils,
        sum(case when role = '成员' then denominator end) as member_pupils,
        {{ pooled_value("'牵头'") }} as lead_value,
        {{ pooled_value("'成员'") }} as member_value,
        {{ indicator_value('any_value(scale)', 'sum(numerator)', 'sum(denominator)') }} as within_value,
        count(case when role = '成员' then 1 end) as members_counted,
        string_agg(school_code, '|' order by school_code) as school_codes
    from inside
    group by consortium_code, measure, stage, period
),

spreads as (
    select
        pooled.consortium_code,
        pooled.measure,
        pooled.stage,
        pooled.period,
        {{ spread('inside.denominator', 'inside.value', 'pooled.within_value') }} as within_spread,
        {{ spread(
            "case when inside.role = '成员' then inside.denominator end", 'inside.value', 'pooled.member_value'
        ) }} as member_spread
    from pooled
    inner join inside using (consortium_code, measure, stage, period)
    group by pooled.consortium_code, pooled.measure, pooled.stage, pooled.period
),

outside as (
    select
        measure,
        stage,
        period,
        {{ indicator_value('any_value(scale)', 'sum(numerator)', 'sum(denominator)') }} as outside_value
    from placed
    where consortium_code is null
    group by measure, stage, period
),

schools as (
    select distinct * exclude (consortium_code, role)
    from placed
),

county as (
    select
        measure,
        stage,
        period,
        {{ indicator_value('any_value(scale)', 'sum(numerator)', 'sum(denominator)') }} as county_value
    from schools
    group by measure, stage, period
),

final as (
    select
        pooled.*,
        pooled.lead_value - pooled.member_value as gap,
        case
            when not pooled.is_exam
                then {{ unless_noise('spreads.within_spread', 'pooled.within_value') }} / nullif(pooled.within_value, 0)
        end as within_cv,
        case
            when not pooled.is_exam
                then {{ unless_noise('spreads.member_spread', 'pooled.member_value') }} / nullif(pooled.member_value, 0)
        end as member_cv,
        outside.outside_value,
        county.county_value
    from pooled
    inner join spreads using (consortium_code, measure, stage, period)
    left join outside using (measure, stage, period)
    left join county using (measure, stage, period)
)

select * from final
