-- What: the schools' shares of S² add up to 1 wherever the coefficient is above 0.
-- Why it matters: the pages say which schools make the coefficient; the shares must be the whole of it.
-- How to resolve: compare weight, mean and spread in int_coefficients_computed and fct_school_indicator.
with

schools as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        sum(cv_contribution) as total
    from {{ ref('fct_school_indicator') }}
    group by standard_code, school_year, stage, indicator_code
),

county as (
    select * from {{ ref('fct_county_balance') }}
    where cv > 1e-9
)

select
    county.standard_code,
    county.school_year,
    county.stage,
    county.indicator_code,
    schools.total
from county
inner join schools using (standard_code, school_year, stage, indicator_code)
where abs(coalesce(schools.total, 0) - 1) > 1e-6
