{#
    G11: the two shares of exchange, which decide, and the schools' own, which are shown. Schools without a roster
    may have teachers who meet the conditions: a rate that is reached is then not certain.
#}

with

rates as (
    select * from {{ ref('fct_exchange_rate') }}
    where scope in ('county', 'school')
),

limits as (
    select * from {{ ref('int_item_limits_dated') }}
    where item_code = 'G11'
),

split as (
    select
        school_year,
        scope,
        scope_code,
        'exchange' as subject_key,
        '交流比例' as subject_zh,
        'Exchanged' as subject_en,
        'share' as limit_code,
        exchanged as part,
        eligible as whole,
        0 as unknown_part,
        eligible_unknown as unknown_whole,
        sites_without_roster,
        exchange_target as target
    from rates
    union all by name
    select
        school_year,
        scope,
        scope_code,
        'backbone' as subject_key,
        '骨干比例' as subject_zh,
        'Backbone among the exchanged' as subject_en,
        'backbone_share' as limit_code,
        backbone_exchanged as part,
        exchanged as whole,
        backbone_unknown as unknown_part,
        0 as unknown_whole,
        0 as sites_without_roster,
        backbone_target as target
    from rates
    where scope = 'county'
),

judged as (
    select
        items.standard_code,
        split.* exclude (target),
        coalesce(limits.value, split.target) as target
    from split
    inner join {{ ref('int_items_listed') }} as items
        on split.school_year = items.school_year and items.item_code = 'G11'
    left join limits
        on split.school_year = limits.school_year
            and items.standard_code = limits.standard_code
            and split.limit_code = limits.limit_code
),

final as (
    select
        standard_code,
        school_year,
        'G11' as item_code,
        case scope when 'school' then scope_code else '' end as school_code,
        subject_key,
        subject_zh,
        subject_en,
        'share' as value_kind,
        scope = 'county' as is_deciding,
        part / nullif(whole, 0) as value,
        target,
        part as numerator,
        whole as denominator,
        unknown_part + unknown_whole as unknown,
        {{ whole_short('part', 'whole', 'target') }} as shortfall,
        {{ whole_spare('part', 'whole', 'target') }} as slack,
        part / nullif(whole, 0) - target as margin,
        case {{ judged_share('part', 'whole', 'target', 'unknown_part', 'unknown_whole') }}
            when 'met' then case when sites_without_roster > 0 then 'missing' else 'met' end
            when 'not_met' then 'not_met'
            else 'missing'
        end as status
    from judged
)

select * from final
