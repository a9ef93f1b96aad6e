-- What: the formulas used for every county give the published answers: 0.5153 for five schools; 9000 m² over 1000 and
-- 500 pupils 5.806 and 6.387; 23,226 books over 166 and 210 pupils 58.5038 a primary pupil.
-- Why it matters: these are the only figures anyone outside can check by hand.
-- How to resolve: a formula in macros/figures.sql or a weight in seeds/stage_weights.csv was changed; change it back.
with

five as (
    select
        unnest([45, 37, 89, 76, 55]) as pupils,
        unnest([279, 137, 935, 160, 402]) as books,
        1.0 as scale
),

valued as (
    select
        *,
        {{ indicator_value('scale', 'books', 'pupils') }} as value
    from five
),

averaged as (
    select
        *,
        {{ indicator_value('scale', 'sum(books) over ()', 'sum(pupils) over ()') }} as mean
    from valued
),

coefficient as (
    select {{ spread('pupils', 'value', 'mean') }} / any_value(mean) as cv
    from averaged
),

weights as (
    select
        max(case when stage = 'primary' then weight end) as primary_weight,
        max(case when stage = 'junior' then weight end) as junior_weight
    from {{ ref('stage_weights') }}
    where school_type = '九年一贯制学校'
),

checks as (
    select
        'five schools' as example,
        cv as found,
        0.5152566298844764 as expected
    from coefficient
    union all
    select
        'nine-year school, primary' as example,
        9000 * primary_weight / (1000 * primary_weight + 500 * junior_weight) as found,
        9000 / 1550.0 as expected
    from weights
    union all
    select
        'nine-year school, junior' as example,
        9000 * junior_weight / (1000 * primary_weight + 500 * junior_weight) as found,
        9000 * 1.1 / 1550 as expected
    from weights
    union all
    select
        'books of a nine-year school' as example,
        23226 * primary_weight / (166 * primary_weight + 210 * junior_weight) as found,
        58.503778337531486 as expected
    from weights
)

select * from checks
where found is null or abs(found - expected) > 1e-9
