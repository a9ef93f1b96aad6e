with

indicators as (
    select * from {{ ref('fct_school_indicator') }}
),

standards as (
    select * from {{ ref('standards') }}
),

counted as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        any_value(students) as students,
        count(threshold) as indicators_tested,
        count(case when threshold is not null and status = 'met' then 1 end) as indicators_met,
        count(case when status = 'near' then 1 end) as indicators_near,
        count(case when status = 'below' then 1 end) as indicators_below,
        count(case when status = 'missing' then 1 end) as indicators_missing,
        count(case when threshold is not null and status = 'missing' then 1 end) as tested_missing,
        bool_or(is_corrected) as is_corrected
    from indicators
    group by standard_code, school_year, school_code, stage
),

judged as (
    select
        counted.*,
        case
            when standards.school_rule = 'none' or counted.indicators_tested = 0 then 'not_tested'
            when
                counted.indicators_below > 0
                or counted.indicators_met + counted.tested_missing < standards.min_indicators_met
                then 'not_compliant'
            when counted.tested_missing > 0 then 'incomplete'
            else 'compliant'
        end as verdict
    from counted
    inner join standards using (standard_code)
),

ranked as (
    select
        *,
        row_number() over (
            partition by standard_code, school_year, stage
            order by
                case verdict when 'not_compliant' then 1 when 'incomplete' then 2 when 'compliant' then 3 else 4 end,
                indicators_below + indicators_near desc,
                indicators_missing desc,
                students desc nulls last,
                school_code asc
        ) as attention_rank
    from judged
),

final as (
    select
        today.standard_code,
        today.school_year,
        today.school_code,
        today.stage,
        today.students,
        cast(today.indicators_tested as integer) as indicators_tested,
        cast(today.indicators_met as integer) as indicators_met,
        cast(today.indicators_near as integer) as indicators_near,
        cast(today.indicators_below as integer) as indicators_below,
        cast(today.indicators_missing as integer) as indicators_missing,
        today.verdict,
        before.verdict as previous_verdict,
        cast(today.attention_rank as integer) as attention_rank,
        today.is_corrected
    from ranked as today
    left join judged as before
        on today.standard_code = before.standard_code
            and today.school_year = before.school_year + 1
            and today.school_code = before.school_code and today.stage = before.stage
)

select * from final
