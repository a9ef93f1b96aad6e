with

pool as (
    select * from {{ ref('int_exchange_pool_decided') }}
),

scopes as (
    select * from {{ ref('int_exchange_scopes_placed') }}
),

names as (
    select
        'school' as scope,
        school_code as scope_code,
        school_year,
        school_name as scope_name
    from {{ ref('dim_school') }}
    union all
    select
        'consortium' as scope,
        consortium_code as scope_code,
        null as school_year,
        arg_max(consortium_name, joined_on) as scope_name
    from {{ ref('int_consortium_members_placed') }}
    group by consortium_code
),

coming as (
    select
        scopes.school_year,
        scopes.scope,
        scopes.scope_code,
        count(*) as eligible_next
    from {{ ref('fct_exchange_candidate') }} as candidates
    inner join scopes
        on candidates.school_year = scopes.school_year and candidates.school_code = scopes.site_code
    group by scopes.school_year, scopes.scope, scopes.scope_code
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

known as (
    select
        rostered.school_year,
        rostered.scope,
        rostered.scope_code,
        rostered.has_roster,
        rostered.sites_without_roster,
        case when rostered.has_roster then coalesce(counted.full_time_teachers, 0) end as full_time_teachers,
        case
            when rostered.has_roster and (coalesce(counted.full_time_teachers, 0) = 0 or counted.has_joined_months)
                then coalesce(counted.eligible, 0)
        end as eligible,
        case when counted.has_joined_months then counted.eligible_by_rule end as eligible_by_rule,
        case when rostered.has_roster then coalesce(counted.eligible_unknown, 0) end as eligible_unknown,
        case when rostered.has_exchanges then coalesce(counted.exchanged, 0) end as exchanged,
        case when rostered.has_exchanges then coalesce(counted.backbone_exchanged, 0) end as backbone_exchanged,
        case when rostered.has_exchanges then coalesce(counted.backbone_unknown, 0) end as backbone_unknown,
        coming.eligible_next,
        coalesce(names.scope_name, rostered.scope_code) as scope_name,
        {{ parameter('exchange_rate_target', row='rostered') }} as exchange_target,
        {{ parameter('exchange_backbone_target', row='rostered') }} as backbone_target
    from rostered
    left join counted
        on rostered.school_year = counted.school_year
            and rostered.scope = counted.scope
            and rostered.scope_code = counted.scope_code
    left join coming
        on rostered.school_year = coming.school_year
            and rostered.scope = coming.scope
            and rostered.scope_code = coming.scope_code
    left join names
        on rostered.scope = names.scope
            and rostered.scope_code = names.scope_code
            and rostered.school_year = coalesce(names.school_year, rostered.school_year)
),

final as (
    select
        school_year,
        scope,
        scope_code,
        scope_name,
        cast(full_time_teachers as integer) as full_time_teachers,
        cast(eligible as integer) as eligible,
        cast(eligible_by_rule as integer) as eligible_by_rule,
        cast(eligible_unknown as integer) as eligible_unknown,
        cast(exchanged as integer) as exchanged,
        exchanged / nullif(eligible, 0) as exchange_rate,
        exchange_target,
        {{ judged_share('exchanged', 'eligible', 'exchange_target', unknown_whole='eligible_unknown') }}
            as exchange_status,
        {{ heads_short('exchanged', 'eligible', 'exchange_target') }} as exchange_shortfall,
        cast(backbone_exchanged as integer) as backbone_exchanged,
        cast(backbone_unknown as integer) as backbone_unknown,
        case when backbone_unknown < exchanged then backbone_exchanged / exchanged end as backbone_share,
        backbone_target,
        {{ judged_share('backbone_exchanged', 'exchanged', 'backbone_target', unknown_part='backbone_unknown') }}
            as backbone_status,
        {{ heads_short('backbone_exchanged', 'exchanged', 'backbone_target') }} as backbone_shortfall,
        case when eligible is not null then cast(coalesce(eligible_next, 0) as integer) end as eligible_next,
        cast(sites_without_roster as integer) as sites_without_roster
    from known
)

select * from final
