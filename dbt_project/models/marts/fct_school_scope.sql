with

scopes as (
    select * from {{ ref('int_scopes_decided') }}
),

final as (
    select
        school_year,
        school_code,
        stage,
        reason,
        students,
        merged_sites,
        in_scope
    from scopes
)

select * from final
