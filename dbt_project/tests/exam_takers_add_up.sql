-- What: schools' takers add up to the county's for every exam, grade and subject, and never exceed those registered.
-- Why it matters: a mean beside a wrong participation rate misleads whoever reads it.
-- How to resolve: look at int_exam_groups_current (schools) and int_exam_places_summed (counts).
with

schools as (
    select * from {{ ref('fct_exam_school') }}
),

county as (
    select * from {{ ref('fct_exam_equity') }}
),

summed as (
    select
        exam_code,
        grade,
        subject,
        sum(registered) as registered,
        sum(takers) as takers
    from schools
    group by exam_code, grade, subject
)

select
    county.exam_code,
    county.grade,
    county.subject,
    county.registered,
    county.takers,
    summed.registered as schools_registered,
    summed.takers as schools_takers
from county
left join summed using (exam_code, grade, subject)
where county.takers is distinct from summed.takers
    or county.registered is distinct from summed.registered
    or county.takers > county.registered
