{# Declared figures that contradict each other or are not there (rules D309–D315, D321). #}

with

cells as (
    select * from {{ ref('int_cells_current') }}
),

measures as (
    select * from {{ ref('measures') }}
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

totals as (
    select
        school_year,
        school_code,
        field,
        sum(case when stage <> 'whole' then value end) as staged,
        max(case when stage = 'whole' then value end) as whole,
        count(case when stage <> 'whole' then value end) as stages_given,
        coalesce(staged, whole) as total
    from cells
    where dataset = 'conditions'
    group by school_year, school_code, field
),

stage_counts as (
    select
        school_year,
        site_code as school_code,
        count(case when coalesce(students, 1) > 0 then 1 end) as stages_needed
    from site_stages
    group by school_year, site_code
),

staffed as (
    select
        school_year,
        school_code,
        stage,
        max(case when field = 'full_time_teachers' then value end) as full_time,
        max(case when field = 'backbone_teachers' then value end) as backbone,
        sum(case when field in (select field from {{ ref('education_levels') }}) then value end) as educated
    from cells
    where dataset = 'staff_counts'
    group by school_year, school_code, stage
),

final as (
    select
        'D310' as rule_code,
        totals.school_year,
        totals.school_code,
        null as stage,
        totals.field as item,
        {{ figure_text('totals.staged') }} as found,
        {{ figure_text('totals.whole') }} as expected,
        'conditions' as dataset
    from totals
    inner join stage_counts using (school_year, school_code)
    where
        totals.stages_given >= greatest(stage_counts.stages_needed, 1)
        and abs(totals.staged - totals.whole) > 0.005
    union all by name
    select
        unnest(['D312', 'D313']) as rule_code,
        school_year,
        school_code,
        stage,
        unnest([{{ figure_text('backbone') }}, {{ figure_text('educated') }}]) as found,
        {{ figure_text('full_time') }} as expected,
        unnest([backbone > full_time, educated > full_time]) as is_found,
        'staff_counts' as dataset
    from staffed
    union all by name
    select
        'D314' as rule_code,
        equipment.school_year,
        equipment.school_code,
        present.field as item,
        {{ figure_text('present.total') }} as found,
        'conditions' as dataset
    from totals as equipment
    inner join totals as present using (school_year, school_code)
    where
        equipment.field = 'equipment_value_yuan' and equipment.total = 0
        and present.field in ('computers', 'multimedia_rooms') and present.total > 0
    union all by name
    select
        'D315' as rule_code,
        totals.school_year,
        totals.school_code,
        totals.field as item,
        {{ figure_text('totals.total') }} as found,
        {{ figure_text('before.total') }} as expected,
        greatest(totals.total / before.total, before.total / totals.total)
        >= {{ parameter('magnitude_ratio', row='totals') }} as is_found,
        'conditions' as dataset
    from totals
    inner join totals as before
        on totals.school_year = before.school_year + 1
            and totals.school_code = before.school_code
            and totals.field = before.field
    inner join measures on totals.field = measures.measure
    where totals.total > 0 and before.total > 0
)

select * exclude (is_found)
from final
where coalesce(is_found, rule_code in ('D310', 'D314'))
