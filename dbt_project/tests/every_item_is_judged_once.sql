-- What: every item of every standard has one row in every school year, and every limit a row in force.
-- Why it matters: an item that drops out of the list would pass for one that holds.
-- How to resolve: see int_items_judged and the dates in seeds/item_limits.csv.
with

listed as (
    select * from {{ ref('int_items_listed') }}
),

judged as (
    select * from {{ ref('fct_inspection_item') }}
),

limits as (
    select distinct
        item_code,
        limit_code,
        coalesce(stage, '') as stage
    from {{ ref('item_limits') }}
    where standard_code = '*' and exception_code is null
),

in_force as (
    select * from {{ ref('dim_inspection_limit') }}
)

select
    listed.standard_code,
    listed.school_year,
    listed.item_code,
    'no row' as what
from listed
left join judged using (standard_code, school_year, item_code)
where judged.item_code is null
union all
select
    listed.standard_code,
    listed.school_year,
    limits.item_code,
    limits.limit_code as what
from limits
inner join listed on limits.item_code = listed.item_code
left join in_force
    on listed.standard_code = in_force.standard_code
        and listed.school_year = in_force.school_year
        and limits.item_code = in_force.item_code
        and limits.limit_code = in_force.limit_code
        and limits.stage = in_force.stage
where in_force.item_code is null
