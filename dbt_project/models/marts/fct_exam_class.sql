with

summed as (
    select * from {{ ref('int_exam_places_summed') }}
),

places as (
    select * from {{ ref('int_exam_places_known') }}
    where class_name <> ''
),

county as (
    select * from {{ ref('int_exam_papers_summed') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

medians as (
    select
        paper_id,
        place_id,
        quantile_cont(score, 0.5) as median_score
    from {{ ref('int_exam_results_united') }}
    where status = 1
    group by paper_id, place_id
),

counted as (
    select
        summed.* replace (
            cast(summed.registered as integer) as registered,
            cast(summed.takers as integer) as takers,
            cast(summed.void as integer) as void
        ),
        places.school_code,
        places.class_name
    from summed
    inner join places on summed.place_id = places.place_id
),

final as (
    select
        papers.exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        counted.school_code,
        counted.class_name,
        {{ exam_figures('counted', 'papers') }},
        medians.median_score,
        counted.least_score,
        counted.best_score,
        (counted.mean_score - county.mean_score) / sqrt(nullif(county.variance, 0)) as z_mean
    from counted
    inner join papers on counted.paper_id = papers.paper_id
    inner join county on counted.paper_id = county.paper_id
    left join medians on counted.paper_id = medians.paper_id and counted.place_id = medians.place_id
)

select * from final
