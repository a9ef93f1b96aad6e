with

questions as (
    select * from {{ ref('questions') }}
),

final as (
    select
        question_code,
        title_zh,
        title_en,
        ask_zh,
        ask_en,
        evidence_zh,
        evidence_en,
        sort_order
    from questions
)

select * from final
