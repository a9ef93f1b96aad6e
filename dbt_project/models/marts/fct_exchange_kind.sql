with

stays as (
    select * from {{ ref('int_exchanges_described') }}
),

scopes as (
    select * from {{ ref('int_exchange_scopes_placed') }}
),

final as (
    select
        scopes.school_year,
        scopes.scope,
        scopes.scope_code,
        stays.exchange_type,
        cast(count(distinct stays.teacher_key) as integer) as teachers,
        cast(count(distinct case when stays.is_backbone then stays.teacher_key end) as integer) as backbone_teachers,
        bool_or(stays.is_counted) as is_counted
    from stays
    inner join scopes on stays.school_year = scopes.school_year and stays.from_code = scopes.site_code
    where stays.is_pooled and not stays.is_at_own_school
    group by scopes.school_year, scopes.scope, scopes.scope_code, stays.exchange_type
)

select * from final
