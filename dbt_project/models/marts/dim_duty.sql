with

duties as (
    select * from {{ ref('duties') }}
),

final as (
    select
        kind,
        coalesce(mode, '') as mode,
        activity_type,
        period,
        valid_from,
        valid_to,
        required,
        applies_to,
        owed_by,
        least_teachers,
        least_share,
        sort_order,
        source,
        wording,
        is_optional
    from duties
)

select * from final
