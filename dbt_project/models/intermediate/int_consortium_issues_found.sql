{# Members, activities and surveys that do not go with each other (rules D381–D390). #}

with

members as (
    select
        *,
        {{ school_year_of('joined_on') }} as school_year
    from {{ ref('int_consortium_members_placed') }}
),

attendance as (
    select * from {{ ref('int_consortium_attendance_placed') }}
),

doubled as (
    select
        later.* exclude (school_year),
        earlier.consortium_code as other_code,
        greatest(earlier.school_year, later.school_year) as school_year
    from members as earlier
    inner join members as later
        on earlier.school_code = later.school_code
            and earlier.consortium_code < later.consortium_code
            and earlier.joined_on <= later.last_day
            and earlier.last_day >= later.joined_on
            and earlier.joined_on <= earlier.last_day
            and later.joined_on <= later.last_day
    where
        not list_contains(
            string_split({{ parameter('several_consortiums_kinds', 'text_value', row='later') }}, '、'), later.kind
        )
),

led as (
    select
        consortium_code,
        school_year,
        as_at,
        null as school_code,
        count(case when role = '牵头' then 1 end) as leads
    from {{ ref('int_consortium_members_yearly') }}
    group by consortium_code, school_year, as_at
),

listed as (
    select distinct consortium_code from members
),

known as (
    select distinct activity_type from {{ ref('duties') }}
),

hosted as (
    select
        attendance.*,
        listed.consortium_code is not null as is_listed_consortium,
        known.activity_type is not null as is_known_activity
    from attendance
    left join listed using (consortium_code)
    left join known using (activity_type)
    where attendance.is_host
),

crowded as (
    select
        attendance.activity_key,
        any_value(attendance.consortium_code) as consortium_code,
        any_value(attendance.school_year) as school_year,
        any_value(attendance.host_code) as school_code,
        any_value(attendance.teachers) as teachers,
        any_value(attendance.import_id) as import_id,
        any_value(attendance.file_name) as file_name,
        any_value(attendance.sheet_name) as sheet_name,
        any_value(attendance.source_row) as source_row,
        case when count(schools.full_time_teachers) = count(*) then sum(schools.full_time_teachers) end as staff
    from attendance
    left join {{ ref('dim_school') }} as schools
        on attendance.school_year = schools.school_year and attendance.school_code = schools.school_code
    group by attendance.activity_key
),

surveys as (
    select
        *,
        null as school_code
    from {{ ref('stg_satisfaction') }}
),

final as (
    {{ finding('D381', 'doubled', 'true', dataset="'consortium_members'", source=true, found='other_code',
        expected='consortium_code', subject_key="other_code || '|' || consortium_code") }}
    union all by name
    {% for rule_code, holds in {'D382': 'leads = 0', 'D383': 'leads > 1'}.items() %}
    {{ finding(rule_code, 'led', holds, dataset="'consortium_members'", found='consortium_code',
        expected="strftime(as_at, '%Y-%m-%d')", subject_key='consortium_code') }}
    union all by name
    {% endfor %}
    {{ finding('D384', 'hosted', 'role is null and is_listed_consortium', dataset="'consortium_activities'",
        source=true, found='consortium_code', expected="strftime(held_on, '%Y-%m-%d')") }}
    union all by name
    {{ finding('D385', 'hosted', 'not is_known_activity', dataset="'consortium_activities'", source=true,
        found='activity_type') }}
    union all by name
    {{ finding('D386', 'hosted', 'not is_listed_consortium', dataset="'consortium_activities'", source=true,
        found='consortium_code') }}
    union all by name
    {{ finding('D387', 'crowded', 'teachers > staff', dataset="'consortium_activities'", source=true,
        found=figure_text('teachers'), expected=figure_text('staff')) }}
    union all by name
    {{ finding('D388', 'attendance', 'role is null and not is_host', dataset="'consortium_activities'", source=true,
        found='consortium_code', expected="strftime(held_on, '%Y-%m-%d')") }}
    union all by name
    {{ finding('D389', 'members', 'left_on < joined_on', dataset="'consortium_members'", source=true,
        found='consortium_code', expected="strftime(left_on, '%Y-%m-%d')") }}
    union all by name
    {{ finding('D390', 'surveys', 'satisfied > responses or responses > issued', dataset="'satisfaction'", source=true,
        found="respondents || ' ' || concat_ws(' / ', satisfied, responses, issued)") }}
)

select * from final
