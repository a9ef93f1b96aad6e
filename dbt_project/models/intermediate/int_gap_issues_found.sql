{# What keeps an indicator of the year's own standard from being computed (rules D309, D311, D321). #}

with

labels as (
    select * from {{ ref('labels') }}
    where kind = 'stage'
),

unsplit as (
    select distinct
        school_year,
        school_code
    from {{ ref('int_contributions_united') }}
    where amount is not null and share is null
),

unsplittable as (
    select
        school_year,
        school_code,
        string_agg(labels.label_zh, '、' order by labels.sort_order) as item_zh,
        string_agg(lower(labels.label_en), ', ' order by labels.sort_order) as item_en
    from unsplit
    inner join {{ ref('int_school_stages_merged') }} as stages using (school_year, school_code)
    inner join labels on stages.stage = labels.code
    where stages.students is null
    group by school_year, school_code
),

produced as (
    select * from {{ ref('int_measures_produced') }}
),

lacking as (
    select distinct
        valued.school_year,
        valued.school_code,
        valued.stage,
        unnest(string_split(valued.missing_inputs, ',')) as measure
    from {{ ref('int_indicators_valued') }} as valued
    {{ by_its_own_standard('valued') }}
    where valued.in_scope and valued.value is null and not coalesce(valued.is_negative, false)
),

listed as (
    select
        lacking.school_year,
        lacking.school_code,
        lacking.stage,
        string_agg(measures.name_zh, '、' order by lacking.measure) as item_zh,
        string_agg(measures.name_en, ', ' order by lacking.measure) as item_en
    from lacking
    inner join {{ ref('measures') }} as measures using (measure)
    where lacking.measure <> 'other_stage_students'
    group by lacking.school_year, lacking.school_code, lacking.stage
),

final as (
    {{ finding('D309', 'unsplittable', 'true', dataset="'conditions'", item_zh='item_zh', item_en='item_en') }}
    union all by name
    {{ finding('D311', 'produced', "is_negative and measure = 'teaching_area_net_m2'", dataset="'conditions'",
        stage='stage') }}
    union all by name
    {{ finding('D321', 'listed', 'true', stage='stage', item_zh='item_zh', item_en='item_en') }}
)

select * from final
