-- What: each standard an indicator lists, each indicator a threshold names and each exception switched on exists.
-- Why it matters: a slip of the pen in a parameter file would make a row of it count for nothing.
-- How to resolve: correct the code in the seed or parameter file the finding names.
with

listed as (
    select
        indicator_code,
        unnest(string_split(standard_codes, '|')) as standard_code
    from {{ ref('indicators') }}
)

select
    'indicators' as seed,
    standard_code as code
from listed
where standard_code not in (select standards.standard_code from {{ ref('standards') }} as standards)
union all
select
    'thresholds' as seed,
    thresholds.indicator_code as code
from {{ ref('thresholds') }} as thresholds
left join listed
    on thresholds.standard_code = listed.standard_code
        and thresholds.indicator_code = listed.indicator_code
where thresholds.indicator_code <> 'composite' and listed.indicator_code is null
union all
select
    'school_exceptions' as seed,
    exception_code as code
from {{ ref('school_exceptions') }}
where exception_code not in (select exceptions.exception_code from {{ ref('exceptions') }} as exceptions)
