{#
    Per county, consortium and school of a year: the pool, who meets the conditions and who was exchanged, and
    what is not known. A scope is there when a public site of the compulsory stages or a teacher of the pool is.
#}

with

pool as (
    select * from {{ ref('int_exchange_pool_decided') }}
),

scopes as (
    select * from {{ ref('int_exchange_scopes_placed') }}
),

listed as (
    select distinct
        school_year,
        site_code
    from {{ ref('int_roster_listings_placed') }}
),

reported as (
    select school_year from {{ ref('int_exchanges_current') }}
    union
    select teachers.school_year
    from {{ ref('int_teachers_current') }} as teachers
    inner join {{ ref('stg_columns') }} as given
        on teachers.import_id = given.import_id
            and teachers.file_name = given.file_name
            and teachers.sheet_name is not distinct from given.sheet_name
    where given.field in (select types.roster_field from {{ ref('exchange_types') }} as types)
),

pooled_sites as (
    select distinct
        stages.school_year,
        stages.site_code
    from {{ ref('int_site_stages_reported') }} as stages
    inner join {{ ref('int_sites_placed') }} as sites
        on stages.school_year = sites.school_year and stages.school_code = sites.school_code
    where stages.stage in ('primary', 'junior') and coalesce(sites.ownership, '公办') = '公办'
    union
    select distinct
        school_year,
        site_code
    from pool
),

rostered as (
    select
        scopes.school_year,
        scopes.scope,
        scopes.scope_code,
        count(listed.site_code) > 0 as has_roster,
        count(case when listed.site_code is null then 1 end) as sites_without_roster,
        reported.school_year is not null as has_exchanges
    from scopes
    inner join pooled_sites
        on scopes.school_year = pooled_sites.school_year and scopes.site_code = pooled_sites.site_code
    left join listed on scopes.school_year = listed.school_year and scopes.site_code = listed.site_code
    left join reported on scopes.school_year = reported.school_year
    group by scopes.school_year, scopes.scope, scopes.scope_code, reported.school_year
),

counted as (
    select
        scopes.school_year,
        scopes.scope,
        scopes.scope_code,
        count(*) as full_time_teachers,
        count(case when pool.is_eligible then 1 end) as eligible,
        count(case when pool.is_eligible_by_rule then 1 end) as eligible_by_rule,
        count(case when pool.is_eligible is null then 1 end) as eligible_unknown,
        count(case when pool.is_exchanged then 1 end) as exchanged,
        count(case when pool.is_exchanged and pool.is_backbone then 1 end) as backbone_exchanged,
        count(case when pool.is_exchanged and pool.is_backbone is null then 1 end) as backbone_unknown,
        count(pool.joined_month) > 0 as has_joined_months
    from pool
    inner join scopes on pool.school_year = scopes.school_year and pool.site_code = scopes.site_code
    group by scopes.school_year, scopes.scope, scopes.scope_code
),

final as (
    select
        rostered.school_year,
        rostered.scope,
        rostered.scope_code,
        rostered.has_roster,
        rostered.sites_without_roster,
        case when rostered.has_roster then coalesce(counted.full_time_teachers, 0) end as full_time_teachers,
        case
            when rostered.has_roster and (coalesce(counted.eligible_unknown, 0) = 0 or counted.has_joined_months)
                then coalesce(counted.eligible, 0)
        end as eligible,
        case when counted.has_joined_months or counted.eligible_unknown = 0 then counted.eligible_by_rule end
            as eligible_by_rule,
        case when rostered.has_roster then coalesce(counted.eligible_unknown, 0) end as eligible_unknown,
        case when rostered.has_exchanges then coalesce(counted.exchanged, 0) end as exchanged,
        case when rostered.has_exchanges then coalesce(counted.backbone_exchanged, 0) end as backbone_exchanged,
        case when rostered.has_exchanges then coalesce(counted.backbone_unknown, 0) end as backbone_unknown,
        {{ parameter('exchange_rate_target', row='rostered') }} as exchange_target,
        {{ parameter('exchange_backbone_target', row='rostered') }} as backbone_target
    from rostered
    left join counted
        on rostered.school_year = counted.school_year
            and rostered.scope = counted.scope
            and rostered.scope_code = counted.scope_code
)

select * from final
