-- What: the shares by which a whole-school amount is split between a school's stages add up to 1.
-- Why it matters: a split that loses or doubles floor area changes who complies.
-- How to resolve: see the weights of the school's type in seeds/stage_weights.csv and int_school_stages_merged.
select
    school_year,
    school_code,
    sum(split_share) as total
from {{ ref('int_school_stages_merged') }}
group by school_year, school_code
having count(split_share) > 0 and abs(sum(split_share) - 1) > 1e-9
