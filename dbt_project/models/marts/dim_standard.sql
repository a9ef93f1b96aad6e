with

standards as (
    select * from {{ ref('standards') }}
),

final as (
    select
        standard_code,
        name_zh,
        name_en,
        short_zh,
        short_en,
        source_document,
        source_document_en,
        valid_from,
        valid_to,
        min_indicators_met,
        school_rule,
        balance_rule,
        cv_method,
        is_example,
        sort_order
    from standards
)

select * from final
