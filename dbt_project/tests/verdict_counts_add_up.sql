-- What: indicators by status and schools by verdict add up to their totals.
-- Why it matters: a leader adds these numbers up on the page.
-- How to resolve: look for a status that the counting in fct_school_compliance or fct_county_verdict does not know.
select
    standard_code,
    school_year,
    school_code as subject,
    stage
from {{ ref('fct_school_compliance') }}
where
    verdict <> 'not_tested'
    and indicators_met + indicators_near + indicators_below + indicators_missing <> indicators_tested
union all
select
    standard_code,
    school_year,
    'county' as subject,
    stage
from {{ ref('fct_county_verdict') }}
where
    compliant_share is not null
    and schools_compliant + schools_not_compliant + schools_incomplete <> schools
union all
select
    standard_code,
    school_year,
    indicator_code as subject,
    stage
from {{ ref('fct_county_balance') }}
where
    schools_met is not null
    and schools_met + schools_near + schools_below + schools_missing <> schools
union all
select
    standard_code,
    school_year,
    'coefficients' as subject,
    stage
from {{ ref('fct_county_verdict') }}
where coefficients_met + coefficients_not_met + coefficients_missing <> coefficients
