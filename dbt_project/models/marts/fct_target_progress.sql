with

targets as (
    select * from {{ ref('stg_targets') }}
),

balance as (
    select * from {{ ref('fct_county_balance') }}
),

verdicts as (
    select * from {{ ref('fct_county_verdict') }}
),

actuals as (
    select
        standard_code,
        school_year,
        stage,
        indicator_code,
        unnest(['差异系数', '达标学校比例', '县均值']) as target_kind,
        unnest([cv, met_share, county_mean]) as actual,
        is_corrected
    from balance
    union all
    select
        standard_code,
        school_year,
        stage,
        'R0' as indicator_code,
        '达标学校比例' as target_kind,
        compliant_share as actual,
        is_corrected
    from verdicts
    where compliant_share is not null
),

final as (
    select
        actuals.standard_code,
        targets.school_year,
        targets.stage,
        targets.indicator_code,
        targets.target_kind,
        targets.target,
        actuals.actual,
        actuals.actual - targets.target as gap,
        case
            when actuals.actual is null then 'missing'
            when targets.target_kind = '差异系数' and {{ within('actuals.actual', 'targets.target') }} then 'reached'
            when targets.target_kind <> '差异系数' and {{ reaches('actuals.actual', 'targets.target') }} then 'reached'
            else 'behind'
        end as status,
        targets.source,
        actuals.is_corrected
    from targets
    inner join actuals using (school_year, stage, indicator_code, target_kind)
)

select * from final
