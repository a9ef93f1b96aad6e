-- What: a value is there exactly when numerator and denominator are, and a missing one names what is missing.
-- Why it matters: a gap shown as 0 fails a school that may be in order; a gap without a name cannot be filled.
-- How to resolve: follow the measure of the row through int_contributions_united to int_measures_produced.
select
    standard_code,
    school_year,
    school_code,
    stage,
    indicator_code,
    numerator,
    denominator,
    value,
    missing_inputs
from {{ ref('fct_school_indicator') }}
where
    (value is null) <> (numerator is null or denominator is null)
    or (value is null) <> (missing_inputs is not null)
