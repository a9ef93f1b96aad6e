-- What: every school type, stage, education and backbone level that landed is a term the seeds know.
-- Why it matters: a term without its row would quietly change who counts.
-- How to resolve: add the term to the seed named in the finding; imports accept only terms the project knows.
select distinct
    'school_types' as seed,
    school_type as term
from {{ ref('int_schools_registered') }}
where school_type is not null and school_type not in (select types.school_type from {{ ref('school_types') }} as types)
union all
select distinct
    'stage_weights' as seed,
    school_type as term
from {{ ref('int_schools_registered') }}
where school_type is not null
    and school_type not in (select weights.school_type from {{ ref('stage_weights') }} as weights)
union all
select distinct
    'labels' as seed,
    stage as term
from {{ ref('int_cells_current') }}
where stage not in (select labels.code from {{ ref('labels') }} as labels where labels.kind = 'stage')
union all
select distinct
    'education_levels' as seed,
    education as term
from {{ ref('stg_teachers') }}
where education is not null and education not in (select levels.education from {{ ref('education_levels') }} as levels)
union all
select distinct
    'backbone_levels' as seed,
    backbone_level as term
from {{ ref('stg_teachers') }}
where backbone_level is not null
    and backbone_level not in (select levels.backbone_level from {{ ref('backbone_levels') }} as levels)
