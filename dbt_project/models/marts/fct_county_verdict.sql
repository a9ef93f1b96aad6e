with

compliance as (
    select * from {{ ref('fct_school_compliance') }}
),

balance as (
    select * from {{ ref('fct_county_balance') }}
),

schools as (
    select
        standard_code,
        school_year,
        stage,
        count(*) as schools,
        sum(students) as students,
        count(case when verdict = 'compliant' then 1 end) as schools_compliant,
        count(case when verdict = 'not_compliant' then 1 end) as schools_not_compliant,
        count(case when verdict = 'incomplete' then 1 end) as schools_incomplete,
        count(case when verdict <> 'not_tested' then 1 end) as schools_tested,
        bool_or(is_corrected) as is_corrected
    from compliance
    group by standard_code, school_year, stage
),

coefficients as (
    select
        standard_code,
        school_year,
        stage,
        count(cv_limit) as coefficients,
        count(case when status = 'met' then 1 end) as coefficients_met,
        count(case when status = 'not_met' then 1 end) as coefficients_not_met,
        count(case when status = 'missing' then 1 end) as coefficients_missing,
        first(
            case when indicator_code <> 'composite' then indicator_code end
            order by indicator_code = 'composite', cv desc nulls last, indicator_code asc
        ) as widest_indicator_code,
        max(case when indicator_code <> 'composite' then cv end) as widest_cv
    from balance
    group by standard_code, school_year, stage
),

final as (
    select
        today.standard_code,
        today.school_year,
        today.stage,
        cast(today.schools as integer) as schools,
        cast(today.schools_compliant as integer) as schools_compliant,
        cast(today.schools_not_compliant as integer) as schools_not_compliant,
        cast(today.schools_incomplete as integer) as schools_incomplete,
        case when today.schools_tested > 0 then today.schools_compliant / today.schools_tested end as compliant_share,
        cast(before.schools_compliant as integer) as previous_compliant,
        cast(before.schools as integer) as previous_schools,
        today.students,
        cast(coefficients.coefficients as integer) as coefficients,
        cast(coefficients.coefficients_met as integer) as coefficients_met,
        cast(coefficients.coefficients_not_met as integer) as coefficients_not_met,
        cast(coefficients.coefficients_missing as integer) as coefficients_missing,
        case when coefficients.widest_cv is not null then coefficients.widest_indicator_code end
            as widest_indicator_code,
        coefficients.widest_cv,
        case
            when today.schools_tested = 0 and coefficients.coefficients = 0 then 'not_tested'
            when today.schools_not_compliant > 0 or coefficients.coefficients_not_met > 0 then 'not_met'
            when today.schools_incomplete > 0 or coefficients.coefficients_missing > 0 then 'missing'
            else 'met'
        end as status,
        today.is_corrected
    from schools as today
    inner join coefficients using (standard_code, school_year, stage)
    left join schools as before
        on today.standard_code = before.standard_code
            and today.school_year = before.school_year + 1
            and today.stage = before.stage
)

select * from final
