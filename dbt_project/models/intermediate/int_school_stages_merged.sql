with

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

weights as (
    select * from {{ ref('stage_weights') }}
),

merged as (
    select
        school_year,
        school_code,
        stage,
        case when bool_and(students is not null) then sum(students) end as students,
        bool_or(is_corrected) as is_corrected
    from site_stages
    where is_needed
    group by school_year, school_code, stage
),

attached as (
    select
        school_year,
        counted_code as school_code,
        count(*) - 1 as merged_sites
    from sites
    group by school_year, counted_code
),

weighted as (
    select
        merged.*,
        attached.merged_sites,
        weights.weight,
        bool_or(merged.is_corrected) over schools as has_corrected_pupils,
        count(*) over schools as stage_count,
        count(merged.students) over schools as known_count,
        sum(merged.students) over schools as school_students,
        sum(merged.students * weights.weight) over schools as weighted_students
    from merged
    inner join sites on merged.school_year = sites.school_year and merged.school_code = sites.school_code
    inner join weights
        on coalesce(sites.school_type, '其他') = weights.school_type
            and merged.stage = weights.stage
    inner join attached on merged.school_year = attached.school_year and merged.school_code = attached.school_code
    window schools as (partition by merged.school_year, merged.school_code)
),

final as (
    select
        school_year,
        school_code,
        stage,
        students,
        cast(merged_sites as integer) as merged_sites,
        cast(stage_count as integer) as stage_count,
        case when known_count = stage_count then school_students end as school_students,
        has_corrected_pupils,
        case
            when stage_count = 1 then 1.0
            when known_count = stage_count then students * weight / nullif(weighted_students, 0)
        end as split_share
    from weighted
)

select * from final
