-- What: every measure that an indicator or a cell mapping names is registered, and every registered measure is mapped.
-- Why it matters: an indicator over a measure that nobody produces would be missing everywhere without a word.
-- How to resolve: add the row to seeds/measures.csv or seeds/measure_inputs.csv, or mend the indicator's measure names.
with

registered as (
    select measure from {{ ref('measures') }}
    where kind in ('input', 'measure')
),

mapped as (
    select measure from {{ ref('measure_inputs') }}
),

produced as (
    select measure from {{ ref('int_measures_produced') }}
),

asked as (
    select numerator_measure as measure from {{ ref('indicators') }}
    union
    select denominator_measure as measure from {{ ref('indicators') }}
)

select
    'asked for but not registered' as finding,
    measure
from asked
where measure not in (select registered.measure from registered)
union all
select
    'registered but not mapped' as finding,
    measure
from registered
where measure not in (select mapped.measure from mapped)
union all
select
    'mapped but not registered' as finding,
    measure
from mapped
where measure not in (select registered.measure from registered)
union all
select distinct
    'produced but not registered' as finding,
    measure
from produced
where measure not in (select registered.measure from registered)
