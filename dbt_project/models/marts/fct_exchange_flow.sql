with

stays as (
    select * from {{ ref('int_exchanges_described') }}
    where is_deciding
),

scopes as (
    select * from {{ ref('int_exchange_scopes_placed') }}
    where scope <> 'school'
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

placed as (
    select
        scopes.scope,
        scopes.scope_code,
        stays.*,
        scopes.role as from_role,
        hosts.role as to_role,
        coalesce(sender_sites.area_type, sender_schools.area_type, '未知') as from_area,
        case
            when host_sites.school_code is null then 'outside'
            else coalesce(host_sites.area_type, host_schools.area_type, '未知')
        end as to_area
    from stays
    inner join scopes on stays.school_year = scopes.school_year and stays.from_code = scopes.site_code
    left join scopes as hosts
        on stays.school_year = hosts.school_year
            and stays.to_code = hosts.site_code
            and scopes.scope = hosts.scope
            and scopes.scope_code = hosts.scope_code
    left join sites as sender_sites
        on stays.school_year = sender_sites.school_year and stays.from_code = sender_sites.school_code
    left join sites as host_sites
        on stays.school_year = host_sites.school_year and stays.to_code = host_sites.school_code
    left join sites as sender_schools
        on stays.school_year = sender_schools.school_year and stays.from_school = sender_schools.school_code
    left join sites as host_schools
        on stays.school_year = host_schools.school_year and stays.to_school = host_schools.school_code
),

grouped as (
    select
        scope,
        scope_code,
        'area_type' as group_kind,
        from_area as from_group,
        to_area as to_group,
        * exclude (scope, scope_code, from_area, to_area, from_role, to_role)
    from placed
    union all by name
    select
        scope,
        scope_code,
        'role' as group_kind,
        from_role as from_group,
        coalesce(to_role, 'outside') as to_group,
        * exclude (scope, scope_code, from_area, to_area, from_role, to_role)
    from placed
    where scope = 'consortium'
    union all by name
    select
        'county' as scope,
        'county' as scope_code,
        'role' as group_kind,
        from_role as from_group,
        coalesce(to_role, 'outside') as to_group,
        * exclude (scope, scope_code, from_area, to_area, from_role, to_role)
    from placed
    where scope = 'consortium'
    qualify row_number() over (partition by school_year, teacher_key order by to_role is null, scope_code) = 1
),

final as (
    select
        school_year,
        scope,
        scope_code,
        group_kind,
        coalesce(from_group, 'all') as from_group,
        coalesce(to_group, 'all') as to_group,
        cast(count(*) as integer) as teachers,
        cast(count(case when is_backbone then 1 end) as integer) as backbone_teachers,
        cast(count(case when subject_group in ('pe', 'arts') then 1 end) as integer) as pe_arts_teachers
    from grouped
    group by
        grouping sets (
            (school_year, scope, scope_code, group_kind, from_group, to_group),
            (school_year, scope, scope_code, group_kind, from_group),
            (school_year, scope, scope_code, group_kind, to_group),
            (school_year, scope, scope_code, group_kind)
        )
)

select * from final
