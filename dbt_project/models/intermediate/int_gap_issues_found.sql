{# What keeps an indicator of the year's own standard from being computed (rules D309, D311, D321). #}

with

valued as (
    select * from {{ ref('int_indicators_valued') }}
    where in_scope and value is null
),

produced as (
    select * from {{ ref('int_measures_produced') }}
),

contributions as (
    select * from {{ ref('int_contributions_united') }}
),

school_stages as (
    select * from {{ ref('int_school_stages_merged') }}
),

measures as (
    select * from {{ ref('measures') }}
),

stages as (
    select * from {{ ref('labels') }}
    where kind = 'stage'
),

standards as (
    select * from {{ ref('standards') }}
    where not is_example
),

lacking as (
    select distinct
        valued.school_year,
        valued.school_code,
        valued.stage,
        unnest(string_split(valued.missing_inputs, ',')) as measure
    from valued
    inner join standards
        on valued.standard_code = standards.standard_code
            and make_date(valued.school_year, 9, 1) between standards.valid_from and standards.valid_to
    where not coalesce(valued.is_negative, false)
),

final as (
    select
        'D309' as rule_code,
        unsplit.school_year,
        unsplit.school_code,
        string_agg(stages.label_zh, '、' order by stages.sort_order) as item_zh,
        string_agg(lower(stages.label_en), ', ' order by stages.sort_order) as item_en,
        'conditions' as dataset
    from (select distinct
        school_year,
        school_code
    from contributions where amount is not null and share is null)
        as unsplit
    inner join school_stages
        on unsplit.school_year = school_stages.school_year
            and unsplit.school_code = school_stages.school_code
            and school_stages.students is null
    inner join stages on school_stages.stage = stages.code
    group by unsplit.school_year, unsplit.school_code
    union all by name
    select
        'D311' as rule_code,
        school_year,
        school_code,
        stage,
        'conditions' as dataset
    from produced
    where is_negative and measure = 'teaching_area_net_m2'
    union all by name
    select
        'D321' as rule_code,
        lacking.school_year,
        lacking.school_code,
        lacking.stage,
        string_agg(measures.name_zh, '、' order by lacking.measure) as item_zh,
        string_agg(measures.name_en, ', ' order by lacking.measure) as item_en
    from lacking
    inner join measures on lacking.measure = measures.measure and lacking.measure <> 'other_stage_students'
    group by lacking.school_year, lacking.school_code, lacking.stage
)

select * from final
