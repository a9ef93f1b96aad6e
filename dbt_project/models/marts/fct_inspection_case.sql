{% set judged = ['rooms', 'sizes', 'funds', 'teachers', 'exchange', 'resources', 'figures'] %}

with

cases as (
    {% for name in judged %}
    select * from {{ ref('int_item_' ~ name ~ '_judged') }}
    {{ 'union all by name' if not loop.last }}
    {% endfor %}
),

items as (
    select * from {{ ref('int_items_listed') }}
),

labels as (
    select * from {{ ref('labels') }}
),

printed as (
    select
        cases.* exclude (is_deciding, subject_zh, subject_en),
        coalesce(cases.is_deciding, true) as is_deciding,
        coalesce(cases.subject_zh, cases.subject_key) as subject_zh,
        coalesce(cases.subject_en, cases.subject_key) as subject_en,
        {{ figure_words('cases.value_kind', 'cases.value', 'cases.target') }} as found,
        {{ figure_words('cases.value_kind', 'cases.target', 'cases.value') }} as required,
        {{ figure_text('ceil(cases.shortfall - 1e-9)') }} as short_text
    from cases
),

final as (
    select
        printed.standard_code,
        printed.school_year,
        printed.item_code,
        printed.school_code,
        coalesce(printed.stage, '') as stage,
        printed.subject_key,
        printed.value_kind,
        printed.value,
        printed.target,
        printed.numerator,
        cast(printed.denominator as double) as denominator,
        cast(printed.unknown as integer) as unknown_count,
        printed.margin,
        printed.slack,
        case when printed.status <> 'missing' then cast(printed.shortfall as double) end as shortfall,
        printed.status,
        printed.subject_zh,
        printed.subject_en,
        {% for language in ['zh', 'en'] %}
        trim(replace(trim({{ filled(
            "case printed.status when 'missing' then items.gap_" ~ language
            ~ " when 'not_met' then coalesce(words.label_" ~ language ~ ", items.fault_" ~ language
            ~ ") else coalesce(words.label_" ~ language ~ ", held.label_" ~ language ~ ") end", {
            'stage': "coalesce(stages.label_" ~ language ~ ", '')",
            'subject': 'printed.subject_' ~ language,
            'found': 'printed.found',
            'limit': "case when printed.value_kind = 'between_share' then replace(belows.label_" ~ language
                ~ ", '{limit}', printed.required) else printed.required end",
            'unit': "case when printed.value_kind in ('yuan', 'count', 'year') and printed.value_kind = items.value_kind"
                ~ " then concat(' ', items.unit_" ~ language ~ ") else '' end",
            'shortfall': "coalesce(printed.short_text, '')",
            'unknown': "coalesce(cast(printed.unknown as varchar), '')",
            'near': "case when printed.small_areas is not null then replace(replace(nears.label_" ~ language
                ~ ", '{areas}', printed.small_areas), '{least}', " ~ figure_text('printed.least_area')
                ~ ") else '' end",
        }) }}), '  ', ' '), '：:， ') as wording_{{ language }},
        {% endfor %}
        printed.is_deciding,
        coalesce(printed.rounding_changes_side, false) as rounding_changes_side,
        printed.import_id,
        printed.file_name,
        printed.sheet_name,
        cast(printed.source_row as integer) as row_number
    from printed
    inner join items
        on printed.standard_code = items.standard_code
            and printed.school_year = items.school_year
            and printed.item_code = items.item_code
    left join labels as words
        on words.kind = 'item_case' and words.code = concat(printed.status, '_', printed.value_kind)
    left join labels as held
        on held.kind = 'item_case' and held.code = case items.comparison when '<=' then 'within' else 'met' end
    left join labels as belows on belows.kind = 'item_case' and belows.code = 'below'
    left join labels as nears on nears.kind = 'item_case' and nears.code = 'near'
    left join labels as stages on stages.kind = 'stage' and printed.stage = stages.code
)

select * from final
