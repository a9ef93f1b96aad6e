{# The difference coefficient of each indicator, over the schools in scope that have a value. #}

with

valued as (
    select * from {{ ref('int_indicators_valued') }}
    where value is not null
),

populations as (
    select
        *,
        'in_scope' as population
    from valued
    where in_scope
    union all by name
    select
        *,
        'with_small_sites' as population
    from valued
),

means as (
    select
        population,
        standard_code,
        school_year,
        stage,
        indicator_code,
        sum(weight) as total_weight,
        {{ county_mean('any_value(cv_method)', 'any_value(scale)', 'numerator', 'denominator', 'value') }}
            as county_mean,
        stddev_pop(value) / nullif(avg(value), 0) as cv_unweighted
    from populations
    group by population, standard_code, school_year, stage, indicator_code
),

spreads as (
    select
        means.population,
        means.standard_code,
        means.school_year,
        means.stage,
        means.indicator_code,
        any_value(means.total_weight) as total_weight,
        any_value(means.county_mean) as county_mean,
        any_value(means.cv_unweighted) as cv_unweighted,
        {{ spread('populations.weight', 'populations.value', 'means.county_mean') }} as std_dev
    from means
    inner join populations using (population, standard_code, school_year, stage, indicator_code)
    group by means.population, means.standard_code, means.school_year, means.stage, means.indicator_code
),

settled as (
    select
        * exclude (std_dev, cv_unweighted),
        {{ unless_noise('std_dev', 'county_mean') }} as std_dev,
        {{ unless_noise('cv_unweighted', '1') }} as cv_unweighted
    from spreads
),

final as (
    select
        *,
        std_dev / nullif(county_mean, 0) as cv
    from settled
)

select * from final
