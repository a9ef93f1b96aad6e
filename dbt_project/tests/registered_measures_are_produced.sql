-- What: every registered measure has a row for each school in scope, with or without an amount.
-- Why it matters: a measure that is not produced makes its indicators missing for a reason nobody can see.
-- How to resolve: see that int_contributions_united makes a row, if only an empty one, for the measure.
with

measures as (
    select measure from {{ ref('measures') }}
    where kind = 'measure'
),

scopes as (
    select * from {{ ref('int_scopes_decided') }}
    where in_scope
),

produced as (
    select * from {{ ref('int_measures_produced') }}
)

select
    scopes.school_year,
    scopes.school_code,
    scopes.stage,
    measures.measure
from scopes
cross join measures
left join produced using (school_year, school_code, stage, measure)
where produced.measure is null
