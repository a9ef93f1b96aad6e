with

labels as (
    select * from {{ ref('labels') }}
),

exchange_types as (
    select * from {{ ref('exchange_types') }}
),

age_bands as (
    select * from {{ ref('age_bands') }}
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        kind,
        code,
        label_zh,
        label_en,
        symbol,
        sort_order
    from labels
    union all
    select
        'exchange_type' as kind,
        exchange_type as code,
        label_zh,
        label_en,
        null as symbol,
        sort_order
    from exchange_types
    union all
    select
        'age_band' as kind,
        age_band as code,
        label_zh,
        label_en,
        null as symbol,
        sort_order
    from age_bands
    union all
    select
        'measure' as kind,
        measure as code,
        name_zh as label_zh,
        name_en as label_en,
        null as symbol,
        cast(row_number() over (order by kind, measure) as integer) as sort_order
    from measures
)

select * from final
