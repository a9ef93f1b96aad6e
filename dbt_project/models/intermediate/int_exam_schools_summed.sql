with

summed as (
    select * from {{ ref('int_exam_places_summed') }}
),

places as (
    select * from {{ ref('int_exam_places_known') }}
),

final as (
    select
        summed.paper_id,
        places.school_id,
        any_value(places.school_code) as school_code,
        any_value(places.school_year) as school_year,
        {{ pooled() }}
    from summed
    inner join places on summed.place_id = places.place_id
    group by summed.paper_id, places.school_id
)

select * from final
