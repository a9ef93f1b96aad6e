-- What: the cells listed for a value, each times its share, add up to the value's numerator and denominator.
-- Why it matters: every figure can be traced to its cells; a trace that does not add up is worse than none.
-- How to resolve: compare int_contributions_united with int_measures_produced for the rows shown.
with

traced as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        indicator_code,
        sum(case when role = 'numerator' then amount * share else 0 end) as numerator,
        sum(case when role = 'denominator' then amount * share else 0 end) as denominator
    from {{ ref('fct_lineage') }}
    group by standard_code, school_year, school_code, stage, indicator_code
),

figures as (
    select * from {{ ref('fct_school_indicator') }}
    where value is not null
)

select
    figures.standard_code,
    figures.school_year,
    figures.school_code,
    figures.stage,
    figures.indicator_code,
    figures.numerator,
    traced.numerator as traced_numerator,
    figures.denominator,
    traced.denominator as traced_denominator
from figures
left join traced using (standard_code, school_year, school_code, stage, indicator_code)
where
    abs(figures.numerator - coalesce(traced.numerator, 0)) > 1e-6 * greatest(abs(figures.numerator), 1)
    or abs(figures.denominator - coalesce(traced.denominator, 0)) > 1e-6
