with

owed as (
    select * from {{ ref('int_consortium_duties_owed') }}
),

done as (
    select * from {{ ref('int_consortium_duties_done') }}
),

attendance as (
    select * from {{ ref('int_consortium_attendance_placed') }}
    where role is not null
),

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
    where role = '成员'
),

unlisted as (
    select
        terms.consortium_code,
        terms.term,
        activities.activity_type,
        'all' as school_code,
        any_value(terms.school_year) as school_year,
        any_value(terms.first_day) as first_day,
        any_value(terms.last_day) as last_day,
        any_value(terms.is_in_progress) as is_in_progress,
        true as is_reported,
        'term' as period,
        coalesce(sum(case when activities.is_by_member then activities.times end), 0) as done,
        coalesce(sum(case when not activities.is_by_member then activities.times end), 0) as times_outside
    from {{ ref('int_consortium_terms_dated') }} as terms
    inner join {{ ref('int_consortium_activities_counted') }} as activities
        on terms.consortium_code = activities.consortium_code
            and activities.held_on between terms.first_day and terms.last_day
    where terms.span = 'term'
        and not exists (
            select 1 from owed
            where owed.consortium_code = terms.consortium_code
                and owed.activity_type = activities.activity_type
                and owed.first_day <= activities.held_on and owed.last_day >= activities.held_on
        )
    group by terms.consortium_code, terms.term, activities.activity_type
),

united as (
    select
        owed.*,
        case when owed.is_reported then coalesce(done.done, 0) end as done,
        coalesce(done.times_outside, 0) as times_outside,
        coalesce(done.times_small, 0) as times_small
    from owed
    left join done using (consortium_code, term, activity_type, school_code)
    union all by name
    select * from unlisted
),

reached as (
    select distinct
        united.consortium_code,
        united.term,
        united.activity_type,
        attendance.school_code
    from united
    inner join attendance
        on united.consortium_code = attendance.consortium_code
            and united.activity_type = attendance.activity_type
            and attendance.held_on between united.first_day and united.last_day
            and attendance.role = '成员'
    where united.school_code = 'all'
),

unreached as (
    select
        united.consortium_code,
        united.term,
        united.activity_type,
        string_agg(members.school_code, '|' order by members.school_code) as unreached_codes
    from united
    inner join members
        on united.consortium_code = members.consortium_code and united.school_year = members.school_year
    left join reached
        on united.consortium_code = reached.consortium_code
            and united.term = reached.term
            and united.activity_type = reached.activity_type
            and members.school_code = reached.school_code
    where united.school_code = 'all' and united.is_reported and reached.school_code is null
    group by united.consortium_code, united.term, united.activity_type
),

final as (
    select
        consortium_code,
        term,
        activity_type,
        school_code,
        school_year,
        period,
        required,
        done,
        case when done >= required then 1.0e0 else done / required end as completion,
        case when done >= required then 0.0e0 else required - done end as owed,
        owed_by,
        first_day,
        last_day,
        times_outside,
        coalesce(times_small, 0) as times_small,
        unreached.unreached_codes,
        case
            when required is null then 'not_required'
            when done is null then 'missing'
            when done >= required then 'met'
            when is_optional then 'optional'
            when done >= required * {{ parameter('duty_floor_share', row='united') }} then 'near'
            else 'below'
        end as status,
        sort_order,
        source,
        wording,
        coalesce(is_optional, false) as is_optional,
        is_in_progress
    from united
    left join unreached using (consortium_code, term, activity_type)
)

select * from final
