with

sites as (
    select * from {{ ref('int_sites_placed') }}
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
),

staff as (
    select * from {{ ref('int_staff_counted') }}
    where measure = 'full_time_teachers'
),

staged as (
    select
        school_year,
        site_code as school_code,
        string_agg(stage, ',' order by case stage when 'primary' then 1 when 'junior' then 2 else 3 end) as stages
    from site_stages
    group by school_year, site_code
),

classes as (
    select
        school_year,
        school_code,
        coalesce(sum(case when stage <> 'whole' then value end), max(value)) as class_count
    from cells
    where dataset = 'conditions' and field = 'class_count'
    group by school_year, school_code
),

teachers as (
    select
        school_year,
        site_code as school_code,
        case when bool_and(amount is not null) then sum(amount) end as full_time_teachers
    from staff
    group by school_year, site_code
),

final as (
    select
        sites.school_year,
        sites.school_code,
        coalesce(sites.school_name, sites.school_code) as school_name,
        sites.school_type,
        sites.ownership,
        sites.sponsor_code,
        sites.area_type,
        sites.township,
        case when sites.counted_code <> sites.school_code then sites.counted_code end as parent_school_code,
        sites.established_year,
        sites.former_names,
        sites.longitude,
        sites.latitude,
        staged.stages,
        classes.class_count,
        teachers.full_time_teachers,
        sites.is_counted,
        sites.is_boarding,
        sites.is_provisional
    from sites
    left join staged on sites.school_year = staged.school_year and sites.school_code = staged.school_code
    left join classes on sites.school_year = classes.school_year and sites.school_code = classes.school_code
    left join teachers on sites.school_year = teachers.school_year and sites.school_code = teachers.school_code
)

select * from final
