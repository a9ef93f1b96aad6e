-- What: each school in scope has one row for each indicator of each standard, and no other school has any.
-- Why it matters: a missing value must be seen as missing; a row that is not there is seen by nobody.
-- How to resolve: look for an inner join that drops rows in int_indicators_valued.
with

expected as (
    select
        yardsticks.standard_code,
        scopes.school_year,
        scopes.school_code,
        scopes.stage,
        yardsticks.indicator_code
    from {{ ref('fct_school_scope') }} as scopes
    inner join {{ ref('int_yardsticks_dated') }} as yardsticks
        on scopes.school_year = yardsticks.school_year
            and scopes.stage = yardsticks.stage
    where scopes.in_scope and yardsticks.indicator_code <> 'composite'
),

present as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        indicator_code
    from {{ ref('fct_school_indicator') }}
)

(
    select
        'lacking' as finding,
        *
    from expected
    except all
    select
        'lacking' as finding,
        *
    from present
)
union all
(
    select
        'too many' as finding,
        *
    from present
    except all
    select
        'too many' as finding,
        *
    from expected
)
