with

judged as (
    select * from {{ ref('int_items_judged') }}
),

labels as (
    select * from {{ ref('labels') }}
    where kind = 'item_case'
),

final as (
    select
        judged.standard_code,
        judged.school_year,
        judged.item_code,
        judged.part,
        judged.sort_order,
        case
            when not judged.is_counted then judged.leading_value
            when judged.status <> 'missing' then judged.cases_met / judged.cases
        end as value,
        case when judged.is_counted then 1.0e0 else judged.leading_target end as target,
        judged.status,
        case when judged.is_counted then cast(judged.cases_met as double) else judged.numerator end as numerator,
        case when judged.is_counted then cast(judged.cases as double) else judged.denominator end as denominator,
        judged.margin,
        judged.slack,
        judged.shortfall,
        case when judged.is_counted then 'share' else coalesce(judged.leading_kind, judged.value_kind) end
            as value_kind,
        {% for language in ['zh', 'en'] %}
        case
            when judged.cases is null and judged.status = 'met' then nothing.label_{{ language }}
            when judged.is_counted then {{ filled(
                "concat(counts.label_" ~ language ~ ", case when judged.cases_not_met > 0 then failing.label_" ~ language
                ~ " end, case when judged.cases_missing > 0 then waiting.label_" ~ language ~ " end)", {
                'met': 'cast(judged.cases_met as varchar)',
                'all': 'cast(judged.cases as varchar)',
                'not_met': 'cast(judged.cases_not_met as varchar)',
                'missing': 'cast(judged.cases_missing as varchar)',
            }) }}
            else judged.wording_{{ language }}
        end as detail{{ '_en' if language == 'en' }},
        {% endfor %}
        cast(coalesce(judged.cases, 0) as integer) as cases,
        cast(coalesce(judged.cases_not_met, 0) as integer) as cases_not_met,
        cast(coalesce(judged.cases_missing, 0) as integer) as cases_missing,
        cast(coalesce(judged.schools_not_met, 0) as integer) as schools_not_met,
        cast(coalesce(judged.schools_missing, 0) as integer) as schools_missing,
        judged.declared,
        judged.statement,
        cast(judged.evidence_count as integer) as evidence_count,
        judged.status = 'met' and coalesce(
            judged.rounding_changes_side
            or judged.slack < 1
            or (
                judged.slack is null
                and judged.value_kind in ('share', 'yuan', 'coefficient')
                and judged.margin <= {{ parameter('tight_margin_share', row='judged') }} * judged.leading_target
            ), false
        ) as is_tight
    from judged
    left join labels as counts
        on counts.code
            = case
                when judged.item_code = 'R0' then 'counted_part'
                when judged.grain = 'class' then 'counted_class'
                when judged.grain = 'site' then 'counted_site'
                else 'counted_school'
            end
    left join labels as failing on failing.code = 'counted_not_met'
    left join labels as waiting on waiting.code = 'counted_missing'
    left join labels as nothing on nothing.code = 'none'
)

select * from final
