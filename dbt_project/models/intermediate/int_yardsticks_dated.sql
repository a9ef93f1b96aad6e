{# Which row of a standard applies in a year: the one valid on 1 September, else the nearest earlier, else the first. #}

with

standards as (
    select * from {{ ref('standards') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

years as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

listed as (
    select
        standards.standard_code,
        indicators.indicator_code,
        unnest(['primary', 'junior']) as stage
    from standards
    inner join indicators on list_contains(string_split(indicators.standard_codes, '|'), standards.standard_code)
    union all
    select
        standard_code,
        'composite' as indicator_code,
        unnest(['primary', 'junior']) as stage
    from standards
),

final as (
    select
        years.school_year,
        listed.standard_code,
        listed.indicator_code,
        listed.stage,
        standards.cv_method,
        standards.min_indicators_met,
        standards.school_rule,
        standards.balance_rule,
        thresholds.threshold,
        thresholds.floor_share,
        thresholds.cv_limit,
        indicators.numerator_measure,
        indicators.denominator_measure,
        indicators.scale,
        indicators.decimals,
        indicators.step,
        indicators.sort_order
    from listed
    cross join years
    inner join standards on listed.standard_code = standards.standard_code
    left join indicators on listed.indicator_code = indicators.indicator_code
    left join thresholds
        on listed.standard_code = thresholds.standard_code
            and listed.indicator_code = thresholds.indicator_code
            and listed.stage = thresholds.stage
    qualify row_number() over (
            partition by years.school_year, listed.standard_code, listed.indicator_code, listed.stage
            order by
                make_date(years.school_year, 9, 1) < thresholds.valid_from,
                abs(thresholds.valid_from - make_date(years.school_year, 9, 1))
        ) = 1
)

select * from final
