{#
    Rosters as they are counted, once with exchanged teachers at their own school and once at the host (`place`):
    the exchange decides, whatever the duty status says. Of the listings at the two schools one counts. The
    stage is the listing's own; at a school that lists the teacher, the one it gives.
#}

with

teachers as (
    select * from {{ ref('int_teachers_current') }}
),

stays as (
    select *
    from {{ ref('int_exchanges_current') }}
    where is_counted
    qualify row_number() over (
            partition by school_year, teacher_key order by start_date nulls last, from_code, to_code, exchange_type
        ) = 1
),

listed as (
    select
        teachers.*,
        stays.from_code,
        stays.to_code,
        coalesce(teachers.school_code in (stays.from_code, stays.to_code), false) as is_exchanged
    from teachers
    left join stays on teachers.school_year = stays.school_year and teachers.teacher_key = stays.teacher_key
),

placed as (
    select
        *,
        unnest(['own', 'host']) as place,
        unnest([from_code, to_code]) as place_code
    from listed
),

ranked as (
    select
        *,
        row_number() over (
            partition by place, school_year, teacher_key, is_exchanged
            order by case when school_code = place_code then 0 else 1 end, school_code
        ) as listing_rank
    from placed
),

final as (
    select
        * exclude (school_code, is_counted, from_code, to_code, place_code, listing_rank),
        case when is_exchanged then place_code else school_code end as school_code,
        case when is_exchanged then is_full_time and listing_rank = 1 else is_counted end as is_counted
    from ranked
)

select * from final
