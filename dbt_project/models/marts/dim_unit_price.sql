with

prices as (
    select * from {{ ref('unit_prices') }}
),

final as (
    select
        measure,
        valid_from,
        valid_to,
        price_yuan,
        step,
        unit,
        note_zh,
        note_en,
        source
    from prices
)

select * from final
