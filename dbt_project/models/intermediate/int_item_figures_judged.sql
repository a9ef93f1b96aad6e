{#
    The county's declared figures against their limits, its conclusions (1 holds), its vetoes (0 is no case), and
    the satisfaction of each group. An upper limit of Q9 must be stayed below; a blank is missing.
#}

with

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

items as (
    select * from {{ ref('int_items_listed') }}
),

shares as (
    select
        items.standard_code,
        figures.*,
        limits.value as target
    from {{ ref('int_item_figures_declared') }} as figures
    inner join items on figures.school_year = items.school_year and figures.item_code = items.item_code
    inner join limits
        on items.school_year = limits.school_year
            and items.standard_code = limits.standard_code
            and items.item_code = limits.item_code
            and figures.limit_code = limits.limit_code
            and coalesce(figures.limit_stage, '') = coalesce(limits.stage, '')
),

groups as (
    select
        items.standard_code,
        items.school_year,
        items.item_code,
        unnest(string_split({{ parameter('satisfaction_groups', 'text_value', row='items') }}, '|') || ['all'])
            as subject_key,
        limits.value as target
    from items
    inner join limits on {{ limit_of('limits', 'share') }}
    where items.item_code = 'S1'
),

asked as (
    select
        groups.*,
        labels.label_zh as subject_zh,
        labels.label_en as subject_en,
        answers.satisfied as part,
        answers.responses as whole,
        'share' as value_kind,
        true as is_countable,
        false as is_incomplete,
        groups.subject_key <> 'all' as is_deciding
    from groups
    left join {{ ref('labels') }} as labels on labels.kind = 'respondents' and groups.subject_key = labels.code
    left join {{ ref('fct_satisfaction') }} as answers
        on groups.school_year = answers.school_year
            and answers.scope = 'county'
            and groups.subject_key = answers.respondents
),

concluded as (
    select
        items.standard_code,
        items.school_year,
        items.item_code,
        '' as subject_key,
        '' as subject_zh,
        '' as subject_en,
        figures.value as part,
        1.0e0 as whole,
        case items.value_kind when 'cases' then 0.0e0 else 1.0e0 end as target,
        items.value_kind,
        false as is_countable,
        false as is_incomplete,
        figures.import_id,
        figures.file_name,
        figures.sheet_name,
        figures.source_row
    from items
    left join {{ ref('stg_county_items') }} as figures
        on items.school_year = figures.school_year
            and items.item_code = figures.item_code
            and figures.field = '结论'
    where items.basis = 'declared'
),

united as (
    select * from shares
    union all by name
    select * from asked
    union all by name
    select * from concluded
),

valued as (
    select
        *,
        part / nullif(whole, 0) as value,
        value_kind in ('cases', 'between_share') as is_upper
    from united
),

final as (
    select
        standard_code,
        school_year,
        item_code,
        '' as school_code,
        subject_key,
        subject_zh,
        subject_en,
        value_kind,
        coalesce(is_deciding, true) as is_deciding,
        case when not is_incomplete then value end as value,
        target,
        part as numerator,
        whole as denominator,
        case
            when is_countable and not is_incomplete then {{ whole_short('part', 'whole', 'target') }}
            when not is_upper and value_kind <> 'conclusion' then greatest(target * whole - part, 0)
        end as shortfall,
        case when is_countable then {{ whole_spare('part', 'whole', 'target') }} end as slack,
        case when is_upper then target - value else value - target end as margin,
        case
            when value is null then 'missing'
            when value_kind = 'cases' and value > target then 'not_met'
            when value_kind = 'cases' then 'met'
            when is_upper and value < target * (1 - {{ parameter('test_tolerance', row='valued') }}) then 'met'
            when not is_upper and {{ reaches('value', 'target') }} then 'met'
            when is_incomplete then 'missing'
            else 'not_met'
        end as status,
        import_id,
        file_name,
        sheet_name,
        source_row
    from valued
)

select * from final
