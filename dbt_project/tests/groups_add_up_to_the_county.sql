-- What: the schools of all groups of one kind are the schools of the county, for each indicator.
-- Why it matters: a school that falls out of the groups falls out of the comparison of town and country.
-- How to resolve: see that every school has a row in dim_school and that blanks become a group of their own.
with

grouped as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        group_kind,
        sum(schools) as schools
    from {{ ref('fct_group_indicator') }}
    group by standard_code, school_year, stage, indicator_code, group_kind
)

select grouped.*
from grouped
inner join {{ ref('fct_county_balance') }} as county using (standard_code, school_year, stage, indicator_code)
where grouped.schools <> county.schools
