with

scopes as (
    select * from {{ ref('int_scopes_decided') }}
    where in_scope or reason = 'small_teaching_point'
),

yardsticks as (
    select * from {{ ref('int_yardsticks_dated') }}
    where indicator_code <> 'composite'
),

produced as (
    select * from {{ ref('int_measures_produced') }}
),

exceptions as (
    select
        granted.school_year,
        granted.school_code,
        granted.stage,
        rules.indicator_code,
        sum(granted.amount) as amount,
        string_agg(granted.exception_code, ',' order by granted.exception_code) as exception_code
    from {{ ref('school_exceptions') }} as granted
    inner join {{ ref('exceptions') }} as rules
        on granted.exception_code = rules.exception_code
            and make_date(granted.school_year, 9, 1) between rules.valid_from and rules.valid_to
    where rules.is_computed
    group by granted.school_year, granted.school_code, granted.stage, rules.indicator_code
),

measured as (
    select
        yardsticks.*,
        scopes.school_code,
        scopes.in_scope,
        scopes.students,
        numerators.amount + coalesce(exceptions.amount, 0) as numerator,
        denominators.amount as denominator,
        numerators.is_split,
        coalesce(numerators.is_corrected, false) or coalesce(denominators.is_corrected, false) as is_corrected,
        numerators.split_share,
        numerators.input_source,
        numerators.is_negative,
        exceptions.exception_code,
        nullif(concat_ws(',', numerators.missing_fields, denominators.missing_fields), '') as missing_inputs
    from scopes
    inner join yardsticks on scopes.school_year = yardsticks.school_year and scopes.stage = yardsticks.stage
    left join produced as numerators
        on scopes.school_year = numerators.school_year
            and scopes.school_code = numerators.school_code
            and scopes.stage = numerators.stage
            and yardsticks.numerator_measure = numerators.measure
    left join produced as denominators
        on scopes.school_year = denominators.school_year
            and scopes.school_code = denominators.school_code
            and scopes.stage = denominators.stage
            and yardsticks.denominator_measure = denominators.measure
    left join exceptions
        on scopes.school_year = exceptions.school_year
            and scopes.school_code = exceptions.school_code
            and scopes.stage = exceptions.stage
            and yardsticks.indicator_code = exceptions.indicator_code
),

valued as (
    select
        *,
        {{ indicator_value('scale', 'numerator', 'denominator') }} as value,
        threshold * floor_share as floor_value
    from measured
),

final as (
    select
        *,
        case
            when value is null then 'missing'
            when threshold is null then 'not_tested'
            when {{ reaches('value', 'threshold') }} then 'met'
            when {{ reaches('value', 'floor_value') }} then 'near'
            else 'below'
        end as status,
        case cv_method when 'unweighted' then 1.0 else denominator end as weight
    from valued
)

select * from final
