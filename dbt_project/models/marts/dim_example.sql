with

examples as (
    select * from {{ ref('examples') }}
),

final as (
    select
        example_code,
        title_zh,
        title_en,
        indicator_code,
        inputs_zh,
        inputs_en,
        working_zh,
        working_en,
        result,
        source
    from examples
)

select * from final
