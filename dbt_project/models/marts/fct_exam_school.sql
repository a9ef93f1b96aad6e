with

schools as (
    select * from {{ ref('int_exam_schools_summed') }}
),

county as (
    select * from {{ ref('int_exam_papers_summed') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

ranges as (
    select * from {{ ref('int_exam_schools_ranged') }}
),

standardised as (
    select
        schools.*,
        (schools.mean_score - county.mean_score) / sqrt(nullif(county.variance, 0)) as z_mean
    from schools
    inner join county on schools.paper_id = county.paper_id
),

final as (
    select
        papers.exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        standardised.school_code,
        {{ exam_figures('standardised', 'papers') }},
        {{ quantile_columns('ranges.quantiles') }},
        standardised.least_score,
        standardised.best_score,
        standardised.z_mean,
        50 + 10 * standardised.z_mean as t_mean
    from standardised
    inner join papers on standardised.paper_id = papers.paper_id
    left join ranges
        on standardised.paper_id = ranges.paper_id and standardised.school_id = ranges.school_id
)

select * from final
