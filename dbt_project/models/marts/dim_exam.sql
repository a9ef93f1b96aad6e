with

exams as (
    select * from {{ ref('int_exams_dated') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

final as (
    select
        exams.exam_code,
        exams.exam_name,
        exams.exam_date,
        exams.school_year,
        exams.is_undated,
        max(papers.prior_exam_code) as prior_exam_code,
        cast(count(distinct papers.grade) as integer) as grades,
        cast(count(case when papers.subject <> 'total' then 1 end) as integer) as papers
    from exams
    inner join papers on exams.exam_code = papers.exam_code
    group by exams.exam_code, exams.exam_name, exams.exam_date, exams.school_year, exams.is_undated
)

select * from final
