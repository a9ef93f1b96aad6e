with

terms as (
    select * from {{ ref('terms') }}
),

final as (
    select
        term_code,
        section,
        title_zh,
        title_en,
        body_zh,
        body_en,
        source,
        sort_order
    from terms
)

select * from final
