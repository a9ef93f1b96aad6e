with

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

notes as (
    select * from {{ ref('item_limits') }}
),

final as (
    select
        limits.standard_code,
        limits.school_year,
        limits.item_code,
        limits.limit_code,
        coalesce(limits.stage, '') as stage,
        coalesce(limits.exception_code, '') as exception_code,
        limits.value,
        limits.unit,
        notes.note_zh,
        notes.note_en,
        notes.source
    from limits
    left join notes
        on notes.standard_code in (limits.standard_code, '*')
            and limits.item_code = notes.item_code
            and limits.limit_code = notes.limit_code
            and coalesce(limits.stage, '') = coalesce(notes.stage, '')
            and coalesce(limits.exception_code, '') = coalesce(notes.exception_code, '')
            and limits.value = notes.value
    qualify row_number() over (
            partition by
                limits.standard_code,
                limits.school_year,
                limits.item_code,
                limits.limit_code,
                limits.stage,
                limits.exception_code
            order by notes.standard_code = '*', notes.valid_from desc
        ) = 1
)

select * from final
