with

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

final as (
    select
        members.school_year,
        members.consortium_code,
        coalesce(sites.counted_code, members.school_code) as school_code,
        case when bool_or(members.role = '牵头') then 'lead' else 'member' end as role
    from members
    left join sites on members.school_year = sites.school_year and members.school_code = sites.school_code
    group by members.school_year, members.consortium_code, coalesce(sites.counted_code, members.school_code)
)

select * from final
