with

attendance as (
    select * from {{ ref('int_consortium_attendance_placed') }}
    where role = '牵头' and is_host
),

final as (
    select
        consortium_code,
        school_year,
        activity_type,
        sum(times) as times
    from attendance
    group by consortium_code, school_year, activity_type
)

select * from final
