{# The groups a place of an exam counts in: its area type, its township, and its consortiums on the exam's day. #}

with

places as (
    select * from {{ ref('int_exam_places_known') }}
),

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

exams as (
    select * from {{ ref('int_exams_dated') }}
),

final as (
    select
        place_id,
        'area_type' as group_kind,
        area_type as group_code,
        area_type as group_name
    from places
    where area_type <> ''
    union all
    select
        place_id,
        'township' as group_kind,
        township as group_code,
        township as group_name
    from places
    where township <> ''
    union all
    select distinct
        places.place_id,
        'consortium' as group_kind,
        members.consortium_code as group_code,
        members.consortium_name as group_name
    from places
    inner join exams on places.exam_code = exams.exam_code
    inner join members
        on places.school_code = members.school_code
            and coalesce(exams.exam_date, make_date(places.school_year, 9, 1))
            between members.joined_on and members.last_day
)

select * from final
