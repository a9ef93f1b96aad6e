with

papers as (
    select * from {{ ref('int_exam_papers_made') }}
    where prior_exam_code is not null and prior_exam_code <> exam_code
),

modelled as (
    select * from {{ ref('int_value_added_modelled') }}
),

county as (
    select * from {{ ref('int_exam_papers_summed') }}
),

final as (
    select
        papers.exam_code,
        papers.prior_exam_code,
        papers.school_year,
        papers.grade,
        papers.subject,
        coalesce(modelled.schools, 0) as schools,
        coalesce(modelled.matched_pupils, 0) as matched_pupils,
        county.takers - coalesce(modelled.matched_pupils, 0) as unmatched_pupils,
        coalesce(modelled.matched_pupils, 0) / nullif(county.takers, 0) as coverage_rate,
        case when modelled.slope is not null then 0.0e0 end as intercept,
        modelled.slope,
        modelled.r_squared,
        modelled.msb,
        modelled.msw,
        modelled.tau2
    from papers
    inner join county on papers.paper_id = county.paper_id
    left join modelled on papers.paper_id = modelled.paper_id
)

select * from final
