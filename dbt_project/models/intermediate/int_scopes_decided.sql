with

sites as (
    select * from {{ ref('int_sites_placed') }}
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

school_stages as (
    select * from {{ ref('int_school_stages_merged') }}
),

tested as (
    select
        site_stages.school_year,
        site_stages.site_code as school_code,
        site_stages.stage,
        sites.counted_code <> sites.school_code as is_merged,
        sites.scope_rule,
        case when sites.counted_code <> sites.school_code then site_stages.students else school_stages.students end
            as students,
        school_stages.school_students,
        school_stages.merged_sites
    from site_stages
    inner join sites on site_stages.school_year = sites.school_year and site_stages.site_code = sites.school_code
    left join school_stages
        on site_stages.school_year = school_stages.school_year
            and site_stages.site_code = school_stages.school_code and site_stages.stage = school_stages.stage
    where site_stages.stage in ('primary', 'junior')
    union all
    select
        school_stages.school_year,
        school_stages.school_code,
        school_stages.stage,
        false as is_merged,
        sites.scope_rule,
        school_stages.students,
        school_stages.school_students,
        school_stages.merged_sites
    from school_stages
    inner join sites on school_stages.school_year = sites.school_year and school_stages.school_code = sites.school_code
    where
        school_stages.stage in ('primary', 'junior')
        and not exists (
            select 1 from site_stages
            where site_stages.school_year = school_stages.school_year
                and site_stages.site_code = school_stages.school_code and site_stages.stage = school_stages.stage
        )
),

reasoned as (
    select
        *,
        case
            when is_merged then 'merged'
            when scope_rule in ('special_school', 'vocational_school') then scope_rule
            when students = 0 then 'no_pupils'
            when scope_rule = 'teaching_point' and school_students < {{ parameter('small_teaching_point_pupils') }}
                then 'small_teaching_point'
            when scope_rule is null then 'unknown_type'
            else 'in_scope'
        end as reason
    from tested
),

final as (
    select
        school_year,
        school_code,
        stage,
        reason,
        reason in ('in_scope', 'unknown_type') as in_scope,
        students,
        coalesce(case when not is_merged then merged_sites end, 0) as merged_sites
    from reasoned
)

select * from final
