{# What was done of each duty owed: times summed, months and weeks counted once however often they saw it. #}

with

owed as (
    select * from {{ ref('int_consortium_duties_owed') }}
),

activities as (
    select * from {{ ref('int_consortium_activities_counted') }}
),

attendance as (
    select * from {{ ref('int_consortium_attendance_placed') }}
),

matched as (
    select
        owed.consortium_code,
        owed.term,
        owed.activity_type,
        owed.school_code,
        activities.activity_key,
        activities.times,
        owed.period,
        owed.each_time,
        case owed.period
            when 'month' then date_trunc('month', activities.held_on)
            when 'week' then date_trunc('week', activities.held_on)
        end as slot,
        case
            when owed.school_code = 'all' then activities.is_by_member
            else coalesce(attendance.role is not null, false)
        end as is_by_member,
        coalesce(
            owed.least_teachers is null
            or activities.teachers >= owed.least_teachers
            or activities.teachers >= owed.least_share * activities.visiting_staff
            * (1 - {{ parameter('test_tolerance', row='activities') }}),
            false
        ) as has_teachers
    from owed
    inner join activities
        on owed.consortium_code = activities.consortium_code
            and owed.activity_type = activities.activity_type
            and activities.held_on between owed.first_day and owed.last_day
    left join attendance
        on activities.activity_key = attendance.activity_key and owed.school_code = attendance.school_code
    where owed.school_code = 'all' or attendance.school_code is not null
),

slotted as (
    select
        consortium_code,
        term,
        activity_type,
        school_code,
        slot,
        coalesce(sum(case when is_by_member and has_teachers then times end), 0) as times,
        coalesce(sum(case when not is_by_member then times end), 0) as times_outside,
        coalesce(sum(case when is_by_member and not has_teachers then times end), 0) as times_small,
        any_value(period) as period,
        any_value(each_time) as each_time
    from matched
    group by consortium_code, term, activity_type, school_code, slot
),

final as (
    select
        consortium_code,
        term,
        activity_type,
        school_code,
        sum(case when period in ('month', 'week') then least(times, each_time) else times end) as done,
        sum(times_outside) as times_outside,
        sum(times_small) as times_small
    from slotted
    group by consortium_code, term, activity_type, school_code
)

select * from final
