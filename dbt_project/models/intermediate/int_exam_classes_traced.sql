{#
    For each class, of its pupils who sat the earlier exam at the same school: how many came from the one class
    that most of them were in.
#}

with

totals as (
    select
        place_id,
        pupil_key
    from {{ ref('int_exam_totals_summed') }}
),

places as (
    select * from {{ ref('int_exam_places_known') }}
),

links as (
    select distinct
        exam_code,
        grade,
        prior_exam_code
    from {{ ref('int_exam_papers_made') }}
    where subject = 'total' and prior_exam_code <> exam_code
),

pairs as (
    select
        here.place_id,
        earlier.place_id as earlier_place_id
    from places as here
    inner join links on here.exam_code = links.exam_code and here.grade = links.grade
    inner join places as earlier
        on links.prior_exam_code = earlier.exam_code and here.school_code = earlier.school_code
    where here.class_name <> '' and earlier.class_name <> ''
),

moved as (
    select
        pairs.place_id,
        pairs.earlier_place_id,
        count(*) as pupils
    from totals
    inner join pairs on totals.place_id = pairs.place_id
    inner join totals as before
        on pairs.earlier_place_id = before.place_id and totals.pupil_key = before.pupil_key
    group by pairs.place_id, pairs.earlier_place_id
),

final as (
    select
        places.exam_code,
        places.school_year,
        places.grade,
        places.school_code,
        places.class_name,
        sum(moved.pupils) as pupils,
        max(moved.pupils) as together
    from moved
    inner join places on moved.place_id = places.place_id
    group by places.exam_code, places.school_year, places.grade, places.school_code, places.class_name
)

select * from final
