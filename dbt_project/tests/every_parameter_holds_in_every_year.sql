-- What: every dated parameter has a row in force on 1 September of every school year shown.
-- Why it matters: without one, comparisons with a line come out as nothing and a school would count as below.
-- How to resolve: widen valid_from/valid_to in seeds/parameters.csv or in the county's parameters/parameters.csv.

with

years as (
    select school_year from {{ ref('dim_school_year') }}
),

names as (
    select distinct parameter from {{ ref('parameters') }}
),

in_force as (
    select
        years.school_year,
        names.parameter,
        count(parameters.parameter) as row_count
    from years
    cross join names
    left join {{ ref('parameters') }} as parameters
        on names.parameter = parameters.parameter
            and make_date(years.school_year, 9, 1) between parameters.valid_from and parameters.valid_to
    group by years.school_year, names.parameter
)

select * from in_force
where row_count = 0
