{# The one pass over pupils' results that every mean, spread, rate and share is made of: paper by school and class. #}

with

results as (
    select * from {{ ref('int_exam_results_united') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

summed as (
    select
        results.paper_id,
        results.place_id,
        count(*) as registered,
        count(results.score) as takers,
        count(case when results.status = 2 then 1 end) as void,
        avg(results.score) as mean_score,
        var_pop(results.score) as variance,
        min(results.score) as least_score,
        max(results.score) as best_score,
        count(case when results.score >= papers.excellent_mark then 1 end) as excellent,
        count(case when results.score >= papers.pass_mark then 1 end) as passed,
        count(case when results.score < papers.low_mark then 1 end) as low,
        count(case when results.score - papers.pass_mark between 0 and papers.line_width then 1 end) as at_line,
        count(case when papers.pass_mark - results.score between 1e-9 and papers.line_width then 1 end) as under_line
    from results
    inner join papers on results.paper_id = papers.paper_id
    group by results.paper_id, results.place_id
),

final as (
    select
        *,
        sum(takers * mean_score) over (partition by paper_id)
        / nullif(sum(takers) over (partition by paper_id), 0) as centre
    from summed
)

select * from final
