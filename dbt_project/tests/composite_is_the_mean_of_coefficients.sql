-- What: the composite is the plain mean of the standard's coefficients, and missing when one of them is.
-- Why it matters: the 2012 standard is judged on this figure alone.
-- How to resolve: see the CTE `composite` of fct_county_balance.
with

balance as (
    select * from {{ ref('fct_county_balance') }}
),

means as (
    select
        standard_code,
        school_year,
        stage,
        case when count(*) = count(cv) then avg(cv) end as cv
    from balance
    where indicator_code <> 'composite'
    group by standard_code, school_year, stage
)

select
    balance.standard_code,
    balance.school_year,
    balance.stage,
    balance.cv,
    means.cv as mean_of_coefficients
from balance
inner join means using (standard_code, school_year, stage)
where
    balance.indicator_code = 'composite'
    and (balance.cv is distinct from means.cv)
    and coalesce(abs(balance.cv - means.cv), 1) > 1e-12
