with

indicators as (
    select * from {{ ref('fct_school_indicator') }}
),

scopes as (
    select * from {{ ref('fct_school_scope') }}
),

yardsticks as (
    select * from {{ ref('int_yardsticks_dated') }}
),

coefficients as (
    select * from {{ ref('int_coefficients_computed') }}
    where population = 'in_scope'
),

with_small_sites as (
    select * from {{ ref('int_coefficients_computed') }}
    where population = 'with_small_sites'
),

small_sites as (
    select
        school_year,
        stage,
        count(*) as schools_excluded
    from scopes
    where reason = 'small_teaching_point'
    group by school_year, stage
),

counted as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        count(*) as schools,
        count(value) as schools_with_value,
        sum(students) as students,
        {% for status in ['met', 'near', 'below'] %}
        case when count(threshold) > 0 then count(case when status = '{{ status }}' then 1 end) end
            as schools_{{ status }},
        {% endfor %}
        count(case when status = 'missing' then 1 end) as schools_missing,
        sum(shortfall) as total_shortfall,
        bool_or(is_corrected) as is_corrected
    from indicators
    group by standard_code, school_year, stage, indicator_code
),

single as (
    select
        counted.*,
        coefficients.county_mean,
        coefficients.std_dev,
        coefficients.cv,
        coefficients.cv_unweighted,
        with_small_sites.cv as cv_with_small_sites
    from counted
    left join coefficients using (standard_code, school_year, stage, indicator_code)
    left join with_small_sites using (standard_code, school_year, stage, indicator_code)
),

composite as (
    select
        standard_code,
        school_year,
        stage,
        'composite' as indicator_code,
        max(schools) as schools,
        min(schools_with_value) as schools_with_value,
        max(students) as students,
        bool_or(is_corrected) as is_corrected,
        {% for figure in ['cv', 'cv_unweighted', 'cv_with_small_sites'] %}
        case when count(*) = count({{ figure }}) then avg({{ figure }}) end as {{ figure }},
        {% endfor %}
    from single
    group by standard_code, school_year, stage
),

united as (
    select * from single
    union all by name
    select * from composite
),

judged as (
    select
        united.*,
        yardsticks.cv_limit,
        coalesce(small_sites.schools_excluded, 0) as schools_excluded,
        case
            when yardsticks.cv_limit is null then 'not_tested'
            when united.schools_with_value < united.schools then 'missing'
            when united.cv is null and united.indicator_code = 'composite' then 'missing'
            when united.cv is null then 'not_met'
            when {{ within('cv', 'yardsticks.cv_limit') }} then 'met'
            else 'not_met'
        end as status
    from united
    inner join yardsticks using (standard_code, school_year, stage, indicator_code)
    left join small_sites using (school_year, stage)
),

final as (
    select
        today.standard_code,
        today.school_year,
        today.stage,
        today.indicator_code,
        cast(today.schools as integer) as schools,
        cast(today.schools_with_value as integer) as schools_with_value,
        today.students,
        today.county_mean,
        today.std_dev,
        today.cv,
        today.cv_unweighted,
        today.cv_limit,
        today.status,
        cast(today.schools_met as integer) as schools_met,
        cast(today.schools_near as integer) as schools_near,
        cast(today.schools_below as integer) as schools_below,
        cast(today.schools_missing as integer) as schools_missing,
        today.schools_met / today.schools as met_share,
        today.total_shortfall,
        before.cv as previous_cv,
        before.schools_met / before.schools as previous_met_share,
        today.cv_with_small_sites,
        cast(today.schools_excluded as integer) as schools_excluded,
        today.schools = 1 as is_single_school,
        coalesce(
            (round(today.cv, 3) <= today.cv_limit + 1e-9) <> (today.status = 'met')
            and today.status in ('met', 'not_met'),
            false
        )
            as rounding_changes_side,
        today.is_corrected
    from judged as today
    left join judged as before
        on today.standard_code = before.standard_code
            and today.school_year = before.school_year + 1
            and today.stage = before.stage
            and today.indicator_code = before.indicator_code
)

select * from final
