with

labels as (
    select * from {{ ref('labels') }}
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
        'measure' as kind,
        measure as code,
        name_zh as label_zh,
        name_en as label_en,
        null as symbol,
        cast(row_number() over (order by kind, measure) as integer) as sort_order
    from measures
)

select * from final
