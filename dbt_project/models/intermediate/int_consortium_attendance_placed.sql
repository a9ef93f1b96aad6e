{# Who was at which activity: its host, the schools it names, or every member of the day where it says 全体. #}

with

logged as (
    select
        logged.*,
        resolved.school_code as host_code,
        {{ school_year_of('logged.held_on') }} as held_year,
        month(logged.held_on) between 2 and 8 as is_spring
    from {{ ref('stg_consortium_activities') }} as logged
    inner join {{ ref('int_school_references_resolved') }} as resolved
        on logged.school_year = resolved.school_year and logged.school_ref = resolved.school_ref
),

current_log as (
    select
        *,
        concat_ws('|', import_id, file_name, sheet_name, source_row) as activity_key
    from logged
    qualify {{ is_current(
        'consortium_code, host_code, held_year, is_spring',
        'consortium_code, activity_type, held_on, host_code, ordinal'
    ) }}
),

named as (
    select
        activity_key,
        school_year,
        unnest(string_split(participant_refs, '|')) as school_ref
    from current_log
    where participant_refs <> ''
),

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

attending as (
    select
        activity_key,
        host_code as school_code
    from current_log
    union
    select
        named.activity_key,
        resolved.school_code
    from named
    inner join {{ ref('int_school_references_resolved') }} as resolved
        on named.school_year = resolved.school_year and named.school_ref = resolved.school_ref
    where not starts_with(named.school_ref, '全体')
    union
    select
        named.activity_key,
        members.school_code
    from named
    inner join current_log on named.activity_key = current_log.activity_key
    inner join members
        on current_log.consortium_code = members.consortium_code
            and current_log.held_on between members.joined_on and members.last_day
    where starts_with(named.school_ref, '全体')
),

final as (
    select
        activities.activity_key,
        activities.consortium_code,
        activities.held_year as school_year,
        activities.activity_type,
        activities.held_on,
        activities.host_code,
        attending.school_code,
        members.role,
        activities.times,
        activities.teachers,
        activities.topic,
        attending.school_code = activities.host_code as is_host,
        activities.import_id,
        activities.file_name,
        activities.sheet_name,
        activities.source_row
    from current_log as activities
    inner join attending on activities.activity_key = attending.activity_key
    left join members
        on {{ was_member('members', 'activities.consortium_code', 'attending.school_code', 'activities.held_on') }}
)

select * from final
