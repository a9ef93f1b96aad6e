-- What: a standard that tests schools or coefficients has its line in every stage and year shown.
-- Why it matters: an indicator without its line is silently never failed.
-- How to resolve: add the missing row to seeds/thresholds.csv, or the county's parameters/thresholds.csv.
select
    standard_code,
    school_year,
    stage,
    indicator_code
from {{ ref('int_yardsticks_dated') }}
where
    indicator_code <> 'composite'
    and school_rule = 'thresholds'
    and threshold is null
    and indicator_code in (
        select thresholds.indicator_code from {{ ref('thresholds') }} as thresholds
        where thresholds.threshold is not null
    )
union all
select
    standard_code,
    school_year,
    stage,
    indicator_code
from {{ ref('int_yardsticks_dated') }}
where indicator_code = 'composite' and balance_rule = 'composite' and cv_limit is null
