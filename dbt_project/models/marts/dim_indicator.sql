with

standards as (
    select * from {{ ref('standards') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

measures as (
    select * from {{ ref('measures') }}
),

listed as (
    select
        standards.*,
        indicators.indicator_code,
        unnest(['primary', 'junior']) as stage
    from standards
    inner join indicators on list_contains(string_split(indicators.standard_codes, '|'), standards.standard_code)
),

final as (
    select
        listed.standard_code,
        listed.indicator_code,
        listed.stage,
        coalesce(thresholds.valid_from, listed.valid_from) as valid_from,
        coalesce(thresholds.valid_to, listed.valid_to) as valid_to,
        indicators.name_zh,
        indicators.name_en,
        indicators.short_zh,
        indicators.short_en,
        indicators.prefix_zh,
        indicators.unit,
        indicators.unit_en,
        indicators.numerator_unit_zh,
        indicators.numerator_unit_en,
        indicators.numerator_measure,
        indicators.denominator_measure,
        measures.name_zh as numerator_name_zh,
        measures.name_en as numerator_name_en,
        indicators.scale,
        indicators.decimals,
        thresholds.threshold,
        thresholds.floor_share,
        thresholds.cv_limit,
        indicators.step,
        indicators.remedy_zh,
        indicators.remedy_en,
        coalesce(thresholds.source_document, listed.source_document) as source_document,
        indicators.sort_order
    from listed
    inner join indicators on listed.indicator_code = indicators.indicator_code
    left join thresholds
        on listed.standard_code = thresholds.standard_code
            and listed.indicator_code = thresholds.indicator_code
            and listed.stage = thresholds.stage
    left join measures on indicators.numerator_measure = measures.measure
)

select * from final
