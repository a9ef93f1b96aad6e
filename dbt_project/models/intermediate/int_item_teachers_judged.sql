{#
    G9 and G12 over full-time teachers of the compulsory stages, each once, and G11 over the pool of exchange: the
    county decides, the schools are shown. Teachers of sites without a roster are unknown.
#}

with

rosters as (
    select
        counted.school_year,
        sites.counted_code as school_code,
        counted.teacher_key,
        counted.training_hours_5y,
        counted.has_certificate
    from {{ ref('int_teachers_counted') }} as counted
    inner join {{ ref('int_sites_placed') }} as sites
        on counted.school_year = sites.school_year and counted.school_code = sites.school_code
    where counted.place = 'own' and counted.is_counted and counted.stage in ('primary', 'junior')
    qualify row_number() over (
            partition by counted.school_year, counted.teacher_key order by counted.school_code
        ) = 1
),

listed as (
    select distinct
        school_year,
        site_code
    from {{ ref('int_roster_listings_placed') }}
),

sites as (
    select
        placed.school_year,
        placed.school_code,
        count(distinct case when listed.site_code is null then placed.site_code end) as sites_unlisted
    from {{ ref('int_item_schools_placed') }} as placed
    left join listed on placed.school_year = listed.school_year and placed.site_code = listed.site_code
    where placed.is_needed
    group by placed.school_year, placed.school_code
),

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

answers as (
    select
        items.standard_code,
        rosters.school_year,
        items.item_code,
        rosters.school_code,
        case items.item_code
            when 'G12' then rosters.has_certificate
            else {{ reaches('rosters.training_hours_5y', 'hours.value', row='rosters') }}
        end as holds
    from rosters
    inner join {{ ref('int_items_listed') }} as items
        on rosters.school_year = items.school_year and items.item_code in ('G9', 'G12')
    left join limits as hours on {{ limit_of('hours', 'hours') }}
),

schools as (
    select
        items.standard_code,
        sites.school_year,
        items.item_code,
        sites.school_code,
        sites.sites_unlisted,
        count(answers.school_code) as whole,
        count(case when answers.holds then 1 end) as part,
        count(case when answers.school_code is not null and answers.holds is null then 1 end) as unknown
    from sites
    inner join {{ ref('int_items_listed') }} as items
        on sites.school_year = items.school_year and items.item_code in ('G9', 'G12')
    left join answers
        on sites.school_year = answers.school_year
            and items.standard_code = answers.standard_code
            and items.item_code = answers.item_code
            and sites.school_code = answers.school_code
    group by items.standard_code, sites.school_year, items.item_code, sites.school_code, sites.sites_unlisted
),

united as (
    select
        *,
        false as is_deciding
    from schools
    where whole > 0 or sites_unlisted > 0
    union all by name
    select
        standard_code,
        school_year,
        item_code,
        '' as school_code,
        sum(sites_unlisted) as sites_unlisted,
        sum(whole) as whole,
        sum(part) as part,
        sum(unknown) as unknown,
        true as is_deciding
    from schools
    group by standard_code, school_year, item_code
),

judged as (
    select
        united.* exclude (sites_unlisted),
        united.sites_unlisted,
        limits.value as target
    from united
    inner join limits
        on united.school_year = limits.school_year
            and united.standard_code = limits.standard_code
            and united.item_code = limits.item_code
            and limits.limit_code = 'share'
),

final as (
    select
        standard_code,
        school_year,
        item_code,
        school_code,
        '' as subject_key,
        '' as subject_zh,
        '' as subject_en,
        'share' as value_kind,
        is_deciding,
        case when whole > 0 and unknown = 0 then part / whole end as value,
        target,
        case when whole > 0 then part end as numerator,
        case when whole > 0 then whole end as denominator,
        unknown,
        whole - part - unknown as shortfall,
        {{ whole_spare('part', 'whole', 'target') }} as slack,
        part / nullif(whole, 0) - target as margin,
        case
            when whole > 0 and sites_unlisted = 0
                then {{ judged_share('part', 'whole', 'target', unknown_part='unknown') }}
            when {{ reaches('target', '1') }} and whole > part + unknown then 'not_met'
            else 'missing'
        end as status
    from judged
)

select * from final
