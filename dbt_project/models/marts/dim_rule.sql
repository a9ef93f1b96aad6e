with

rules as (
    select * from {{ ref('rules') }}
),

final as (
    select
        rule_code,
        severity,
        title_zh,
        title_en,
        message_zh,
        message_en,
        remedy_zh,
        remedy_en,
        checked_at
    from rules
)

select * from final
