with

schools as (
    select * from {{ ref('fct_school_scale') }}
),

final as (
    select
        school_year,
        stage,
        cast(count(*) as integer) as schools,
        cast(sum(merged_sites) as integer) as merged_sites,
        case when bool_and(students is not null) then sum(students) end as students,
        case when bool_and(class_count is not null) then sum(class_count) end as class_count,
        case when bool_and(full_time_teachers is not null) then sum(full_time_teachers) end as full_time_teachers,
        cast(count(case when class_count is null then 1 end) as integer) as schools_without_classes,
        cast(count(case when full_time_teachers is null then 1 end) as integer) as schools_without_teachers
    from schools
    group by school_year, stage
)

select * from final
