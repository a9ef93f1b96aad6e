with

items as (
    select * from {{ ref('items') }}
),

final as (
    select
        item_code,
        part,
        sort_order,
        standard_codes,
        {% for text in ['short', 'text', 'rule', 'formula', 'remedy', 'unit'] %}
        {{ text }}_zh,
        {{ text }}_en,
        {% endfor %}
        basis,
        grain,
        value_kind,
        comparison,
        valid_from,
        valid_to,
        source
    from items
)

select * from final
