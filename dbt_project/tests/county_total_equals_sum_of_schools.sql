-- What: a county's mean times its pupils gives the sum of its schools' numerators, for every indicator.
-- Why it matters: a county figure that is not made of its schools' figures cannot be explained to anyone.
-- How to resolve: look for a join that doubles or drops schools in fct_county_balance or int_coefficients_computed.
with

schools as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('fct_school_indicator') }}
    where value is not null
    group by standard_code, school_year, stage, indicator_code
),

yardsticks as (
    select * from {{ ref('int_yardsticks_dated') }}
    where cv_method = 'pupil_weighted'
),

county as (
    select * from {{ ref('fct_county_balance') }}
)

select
    county.standard_code,
    county.school_year,
    county.stage,
    county.indicator_code,
    county.county_mean,
    yardsticks.scale * schools.numerator / schools.denominator as mean_of_schools
from county
inner join yardsticks using (standard_code, school_year, stage, indicator_code)
inner join schools using (standard_code, school_year, stage, indicator_code)
where
    abs(county.county_mean - yardsticks.scale * schools.numerator / schools.denominator)
    > 1e-9 * greatest(abs(county.county_mean), 1)
