with

counted as (
    select * from {{ ref('int_exchange_pool_counted') }}
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

known as (
    select
        counted.*,
        coalesce(names.scope_name, counted.scope_code) as scope_name,
        coming.eligible_next
    from counted
    left join coming
        on counted.school_year = coming.school_year
            and counted.scope = coming.scope
            and counted.scope_code = coming.scope_code
    left join names
        on counted.scope = names.scope
            and counted.scope_code = names.scope_code
            and counted.school_year = coalesce(names.school_year, counted.school_year)
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
        {# Whom no roster lists may meet the conditions too: a rate that is reached is then not certain. #}
        case {{ judged_share('exchanged', 'eligible', 'exchange_target', unknown_whole='eligible_unknown') }}
            when 'met' then case when sites_without_roster > 0 then 'missing' else 'met' end
            when 'not_met' then 'not_met'
            when 'missing' then 'missing'
            else 'not_tested'
        end as exchange_status,
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
