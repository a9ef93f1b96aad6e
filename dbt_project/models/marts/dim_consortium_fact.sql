with

facts as (
    select * from {{ ref('consortium_facts') }}
),

final as (
    select
        example_code,
        fact_code,
        section,
        label_zh,
        label_en,
        due_from,
        due_to,
        value,
        unit,
        sort_order,
        source
    from facts
)

select * from final
