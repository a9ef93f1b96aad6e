{# One row an activity: whether its host was a member that day, and the staff of the member schools that came. #}

with

attendance as (
    select * from {{ ref('int_consortium_attendance_placed') }}
),

staff as (
    select
        school_year,
        school_code,
        full_time_teachers
    from {{ ref('dim_school') }}
),

final as (
    select
        attendance.activity_key,
        attendance.consortium_code,
        attendance.school_year,
        attendance.activity_type,
        attendance.held_on,
        attendance.host_code,
        any_value(attendance.times) as times,
        any_value(attendance.teachers) as teachers,
        any_value(attendance.topic) as topic,
        bool_or(attendance.is_host and attendance.role is not null) as is_by_member,
        count(case when attendance.role is not null then 1 end) as schools,
        case
            when bool_and(staff.full_time_teachers is not null or attendance.role is distinct from '成员')
                then sum(case when attendance.role = '成员' then staff.full_time_teachers end)
        end as visiting_staff,
        any_value(attendance.import_id) as import_id,
        any_value(attendance.file_name) as file_name,
        any_value(attendance.sheet_name) as sheet_name,
        any_value(attendance.source_row) as source_row
    from attendance
    left join staff
        on attendance.school_year = staff.school_year and attendance.school_code = staff.school_code
    group by
        attendance.activity_key,
        attendance.consortium_code,
        attendance.school_year,
        attendance.activity_type,
        attendance.held_on,
        attendance.host_code
)

select * from final
