with

gaps as (
    select * from {{ ref('int_consortium_gaps_measured') }}
),

compared as (
    select
        *,
        lag(gap) over history as previous_gap,
        first_value(gap ignore nulls) over (
            partition by consortium_code, measure, stage
            order by period_date, period
            rows between unbounded preceding and current row
        ) as first_gap,
        arg_min(case when gap is not null then period end, case when gap is not null then period_date end)
            over history_all as first_period,
        min(case when gap is not null then period_date end) over history_all as first_date,
        first_value(lead_value) over history as first_lead_value,
        first_value(school_codes) over history as first_school_codes
    from gaps
    window
        history as (partition by consortium_code, measure, stage order by period_date, period),
        history_all as (partition by consortium_code, measure, stage)
),

final as (
    select
        consortium_code,
        measure,
        stage,
        period,
        school_year,
        period_date,
        is_exam,
        lead_value,
        member_value,
        within_value as whole_value,
        lead_pupils,
        member_pupils,
        gap,
        within_cv,
        member_cv,
        county_value,
        outside_value,
        cast(members_counted as integer) as members_counted,
        previous_gap,
        first_period,
        first_gap,
        gap - previous_gap as gap_change,
        gap - first_gap as gap_change_since_founding,
        lead_value - first_lead_value as lead_change_since_founding,
        case
            when first_date is null or period_date <= first_date then 'unknown'
            else {{ gap_trend('gap', 'first_gap', 'compared') }}
        end as trend,
        school_codes = first_school_codes as has_same_schools
    from compared
)

select * from final
