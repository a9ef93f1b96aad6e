with

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        measure,
        name_zh,
        name_en,
        unit,
        description_zh,
        description_en,
        is_shared
    from measures
)

select * from final
