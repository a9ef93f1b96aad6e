{#
    G6: public funds of each site under a hundred pupils against those of a hundred; Q4: training funds against
    public funds, by school. A site's amount is the sum of its stages where all give it, else that of the whole.
#}

with

placed as (
    select * from {{ ref('int_item_schools_placed') }}
    where is_needed
),

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

sites as (
    select
        stages.school_year,
        stages.site_code,
        sum(stages.students) as students,
        bool_and(stages.students is not null) as has_all,
        count(*) as stage_count
    from {{ ref('int_site_stages_reported') }} as stages
    where coalesce(stages.students, 1) > 0
    group by stages.school_year, stages.site_code
),

cells as (
    select * from {{ ref('int_cells_current') }}
),

totals as (
    {{ given('cells') }}
),

funds as (
    select
        sites.*,
        max(case when totals.field = 'public_funds_yuan' then {{ site_total('totals', 'sites') }} end)
            as public_funds_yuan,
        max(case when totals.field = 'training_funds_yuan' then {{ site_total('totals', 'sites') }} end)
            as training_funds_yuan
    from sites
    left join totals on sites.school_year = totals.school_year and sites.site_code = totals.school_code
    group by all
),

rates as (
    select
        school_year,
        case field when '小学标准' then 'primary' else 'junior' end as stage,
        value as yuan
    from {{ ref('stg_county_items') }}
    where item_code = 'G6' and field in ('小学标准', '初中标准')
),

small as (
    select
        placed.school_year,
        placed.school_code,
        placed.site_code,
        placed.scope_rule,
        funds.has_all,
        funds.students as site_pupils,
        funds.public_funds_yuan,
        case
            when count(rates.yuan) = count(*)
                then sum(placed.students * rates.yuan) / nullif(sum(placed.students), 0)
        end as standard_yuan
    from placed
    inner join funds on placed.school_year = funds.school_year and placed.site_code = funds.site_code
    left join rates on placed.school_year = rates.school_year and placed.stage = rates.stage
    group by all
),

trained as (
    select
        sites.school_year,
        sites.school_code,
        case when count(funds.public_funds_yuan) = count(*) then sum(funds.public_funds_yuan) end as public_yuan,
        case when count(funds.training_funds_yuan) = count(*) then sum(funds.training_funds_yuan) end as training_yuan
    from (
        select distinct
            school_year,
            school_code,
            site_code
        from placed
    ) as sites
    inner join funds on sites.school_year = funds.school_year and sites.site_code = funds.site_code
    group by sites.school_year, sites.school_code
),

judged as (
    select
        items.standard_code,
        small.school_year,
        'G6' as item_code,
        small.school_code,
        small.site_code as subject_key,
        'yuan' as value_kind,
        case when small.has_all then small.public_funds_yuan end as numerator,
        limits.value as denominator,
        small.standard_yuan as target
    from small
    {{ leaves_in('G6', 'small') }}
    inner join limits on {{ limit_of('limits', 'small_school_pupils') }}
    where coalesce(small.site_pupils, 0) < limits.value
    union all by name
    select
        items.standard_code,
        trained.school_year,
        'Q4' as item_code,
        trained.school_code,
        '' as subject_key,
        'share' as value_kind,
        trained.training_yuan as numerator,
        nullif(trained.public_yuan, 0) as denominator,
        limits.value as target
    from trained
    inner join {{ ref('int_items_listed') }} as items
        on trained.school_year = items.school_year and items.item_code = 'Q4'
    inner join limits on {{ limit_of('limits', 'share') }}
),

final as (
    select
        *,
        '' as subject_zh,
        '' as subject_en,
        numerator / denominator as value,
        value - target as margin,
        greatest(target * denominator - numerator, 0) as shortfall,
        case
            when value is null or target is null then 'missing'
            when {{ reaches('value', 'target') }} then 'met'
            else 'not_met'
        end as status
    from judged
)

select * from final
