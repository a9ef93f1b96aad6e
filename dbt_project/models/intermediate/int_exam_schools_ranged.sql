{# Quantiles of each paper by school and over the county (school_id 0), interpolated. #}

with

results as (
    select * from {{ ref('int_exam_results_united') }}
    where status = 1
),

places as (
    select
        place_id,
        school_id
    from {{ ref('int_exam_places_known') }}
),

final as (
    select
        results.paper_id,
        places.school_id,
        {{ quantiles() }} as quantiles
    from results
    inner join places on results.place_id = places.place_id
    group by results.paper_id, places.school_id
    union all
    select
        paper_id,
        0 as school_id,
        {{ quantiles() }} as quantiles
    from results
    group by paper_id
)

select * from final
