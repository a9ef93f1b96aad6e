with

county as (
    select * from {{ ref('int_exam_papers_summed') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

ranges as (
    select * from {{ ref('int_exam_schools_ranged') }}
    where school_id = 0
),

final as (
    select
        papers.exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        county.schools,
        {{ exam_figures('county', 'papers') }},
        county.icc_anova,
        county.eta_squared,
        {{ quantile_columns('ranges.quantiles') }},
        county.least_score,
        county.best_score
    from county
    inner join papers on county.paper_id = papers.paper_id
    left join ranges on county.paper_id = ranges.paper_id
)

select * from final
