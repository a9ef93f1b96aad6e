-- What: every status, verdict, reason and rule code that a mart publishes has its words.
-- Why it matters: a page that finds no words shows a bare code to a director.
-- How to resolve: add the row to seeds/labels.csv (or seeds/rules.csv for a rule).
with

labels as (
    select * from {{ ref('dim_label') }}
),

used as (
    select distinct
        'status' as kind,
        status as code
    from {{ ref('fct_school_indicator') }}
    union all
    select distinct
        'balance_status' as kind,
        status as code
    from {{ ref('fct_county_balance') }}
    union all
    select distinct
        'item_status' as kind,
        status as code
    from {{ ref('fct_inspection_item') }}
    union all
    select distinct
        'item_part' as kind,
        part as code
    from {{ ref('fct_inspection_item') }}
    union all
    select distinct
        'verdict' as kind,
        verdict as code
    from {{ ref('fct_school_compliance') }}
    union all
    select distinct
        'county_status' as kind,
        status as code
    from {{ ref('fct_county_verdict') }}
    union all
    select distinct
        'scope_reason' as kind,
        reason as code
    from {{ ref('fct_school_scope') }}
    union all
    select distinct
        'target_status' as kind,
        status as code
    from {{ ref('fct_target_progress') }}
    union all
    select distinct
        'value_added_verdict' as kind,
        verdict as code
    from {{ ref('fct_value_added') }}
    union all
    select distinct
        'full_score_status' as kind,
        full_score_status as code
    from {{ ref('dim_exam_paper') }}
    union all
    select distinct
        'exam_group' as kind,
        group_kind as code
    from {{ ref('fct_exam_group') }}
    union all
    select distinct
        'measure' as kind,
        input as code
    from {{ ref('fct_lineage') }} where input <> 'exception'
)

select
    used.kind,
    used.code
from used
left join labels on used.kind = labels.kind and used.code = labels.code
where labels.code is null
union all
select distinct
    'rule' as kind,
    rule_code as code
from {{ ref('fct_data_issue') }}
where rule_code not in (select rules.rule_code from {{ ref('dim_rule') }} as rules)
