{#
    R0: a row a school and stage assessed; R1–R7: a row a stage, its difference coefficient. A compliant school has
    no slack when one unit less of one indicator would undo its verdict.
#}

with

listed as (
    select * from {{ ref('int_items_listed') }}
    where part = 'resources'
),

standards as (
    select * from {{ ref('standards') }}
),

valued as (
    select
        figures.*,
        figures.threshold * figures.denominator / indicators.scale as needed,
        figures.floor_value * figures.denominator / indicators.scale as needed_for_floor,
        indicators.step
    from {{ ref('fct_school_indicator') }} as figures
    inner join {{ ref('indicators') }} as indicators on figures.indicator_code = indicators.indicator_code
),

lost as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        bool_or(status in ('met', 'near') and not ({{ reaches('(numerator - step)', 'needed_for_floor') }}))
            as falls_below,
        bool_or(status = 'met' and not ({{ reaches('(numerator - step)', 'needed') }})) as falls_near
    from valued
    group by standard_code, school_year, school_code, stage
),

schools as (
    select
        compliance.standard_code,
        compliance.school_year,
        'R0' as item_code,
        compliance.school_code,
        compliance.stage,
        'count' as value_kind,
        case when compliance.verdict <> 'incomplete' then compliance.indicators_met end as value,
        cast(standards.min_indicators_met as double) as target,
        compliance.indicators_met as numerator,
        compliance.indicators_tested as denominator,
        compliance.indicators_missing as unknown,
        case compliance.verdict
            when 'not_compliant'
                then greatest(compliance.indicators_below, standards.min_indicators_met - compliance.indicators_met)
            when 'compliant' then 0
        end as shortfall,
        {{ undone_by_one('compliance', 'lost', 'standards') }} as slack,
        case compliance.verdict when 'compliant' then 'met' when 'not_compliant' then 'not_met' else 'missing' end
            as status
    from {{ ref('fct_school_compliance') }} as compliance
    inner join standards on compliance.standard_code = standards.standard_code
    inner join lost
        on compliance.standard_code = lost.standard_code
            and compliance.school_year = lost.school_year
            and compliance.school_code = lost.school_code
            and compliance.stage = lost.stage
    where compliance.verdict <> 'not_tested'
),

stages as (
    select
        standard_code,
        school_year,
        indicator_code as item_code,
        '' as school_code,
        stage,
        'coefficient' as value_kind,
        cv as value,
        cv_limit as target,
        std_dev as numerator,
        county_mean as denominator,
        schools - schools_with_value as unknown,
        greatest(cv - cv_limit, 0) as shortfall,
        cv_limit - cv as margin,
        rounding_changes_side,
        status
    from {{ ref('fct_county_balance') }}
    where status <> 'not_tested'
),

united as (
    select * from schools
    union all by name
    select * from stages
),

final as (
    select
        united.*,
        '' as subject_key,
        case united.value_kind when 'coefficient' then '差异系数' else '达标项数' end as subject_zh,
        case united.value_kind when 'coefficient' then 'Difference coefficient' else 'Indicators met' end as subject_en
    from united
    inner join listed
        on united.standard_code = listed.standard_code
            and united.school_year = listed.school_year
            and united.item_code = listed.item_code
)

select * from final
