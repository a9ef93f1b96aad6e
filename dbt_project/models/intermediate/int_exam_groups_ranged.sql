{# Quantiles of each paper by township, area type and consortium, interpolated. #}

with

results as (
    select * from {{ ref('int_exam_results_united') }}
    where status = 1
),

places as (
    select * from {{ ref('int_exam_places_grouped') }}
),

final as (
    select
        results.paper_id,
        places.group_kind,
        places.group_code,
        {{ quantiles() }} as quantiles
    from results
    inner join places on results.place_id = places.place_id
    group by results.paper_id, places.group_kind, places.group_code
)

select * from final
