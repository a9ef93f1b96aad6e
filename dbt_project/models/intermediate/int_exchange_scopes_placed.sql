{# The county, consortiums and school that a site's teachers and exchanges of a school year count in. #}

with

sites as (
    select * from {{ ref('int_sites_placed') }}
),

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

final as (
    select
        school_year,
        school_code as site_code,
        'county' as scope,
        'county' as scope_code,
        null as role
    from sites
    union all
    select
        school_year,
        school_code as site_code,
        'school' as scope,
        counted_code as scope_code,
        null as role
    from sites
    union all
    select
        sites.school_year,
        sites.school_code as site_code,
        'consortium' as scope,
        members.consortium_code as scope_code,
        case when bool_or(members.role = '牵头') then 'lead' else 'member' end as role
    from sites
    inner join members
        on sites.school_year = members.school_year
            and members.school_code in (sites.school_code, sites.counted_code)
    group by sites.school_year, sites.school_code, members.consortium_code
)

select * from final
